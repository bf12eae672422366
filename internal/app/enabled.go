package app

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/config"
)

// Kinds of plugins, as their directories and their build tags name them.
const (
	kindStore    = "store"
	kindDatabase = "database"
	kindQueue    = "queue"
	kindNotify   = "notify"
)

// Plugin is one adapter that is compiled in.
type Plugin struct {
	Kind, Name string
	// Enabled tells whether the configuration lets it be used.
	Enabled bool
}

// Tag is the build tag that compiles it in.
func (p Plugin) Tag() string { return p.Kind + "." + p.Name }

// List lists the plugins of this binary by kind and name. A configuration that
// names a plugin which is not there is an error.
//
// Enabled are those that it names, the queue that it uses, and what its receivers
// are told with. Stores and
// databases are chosen by addresses, which a configuration file does not hold:
// as long as none of a kind is named, all of that kind are enabled.
func (p Plugins) List(c config.Config) ([]Plugin, error) {
	list := p.all()
	for i := range list {
		plugin := &list[i]
		chosenByAddress := plugin.Kind == kindStore || plugin.Kind == kindDatabase
		switch {
		case c.Plugins == nil, named(c, *plugin):
			plugin.Enabled = true
		case plugin.Kind == kindNotify:
			plugin.Enabled = len(receiversOf(c, plugin.Name)) > 0
		case plugin.Kind == kindQueue:
			plugin.Enabled = plugin.Name == c.ApplicationQueue.Type
		case chosenByAddress:
			plugin.Enabled = !slices.ContainsFunc(list, func(other Plugin) bool {
				return other.Kind == plugin.Kind && named(c, other)
			})
		}
	}
	return list, p.missing(c, list)
}

func (p Plugins) all() []Plugin {
	var list []Plugin
	for _, kind := range []struct {
		name  string
		names []string
	}{
		{kindDatabase, p.Databases.Names()},
		{kindNotify, p.Targets.Names()},
		{kindQueue, p.Queues.Names()},
		{kindStore, p.Stores.Names()},
	} {
		for _, name := range kind.names {
			list = append(list, Plugin{Kind: kind.name, Name: name})
		}
	}
	return list
}

// receiversOf lists the receivers that a plugin tells.
func receiversOf(c config.Config, plugin string) []string {
	var names []string
	for name, receiver := range c.Receivers {
		if _, ok := receiver.Targets[plugin]; ok {
			names = append(names, name)
		}
	}
	return names
}

func named(c config.Config, p Plugin) bool {
	return slices.ContainsFunc(c.Plugins, func(text string) bool { return text == p.Name || text == p.Tag() })
}

// missing tells all that the configuration asks for and that is not compiled in.
func (p Plugins) missing(c config.Config, list []Plugin) error {
	wanted := map[string]string{kindQueue + "." + c.ApplicationQueue.Type: "application_queue.type"}
	for name, receiver := range c.Receivers {
		for plugin := range receiver.Targets {
			wanted[kindNotify+"."+plugin] = "receivers." + name + "." + plugin
		}
	}
	for _, text := range c.Plugins {
		wanted[text] = "plugins"
	}
	var errs []error
	for _, text := range slices.Sorted(maps.Keys(wanted)) {
		there := slices.ContainsFunc(list, func(p Plugin) bool { return text == p.Name || text == p.Tag() })
		if !there {
			errs = append(errs, fmt.Errorf("%s: there is no plugin %q in this binary, only %s; %s",
				wanted[text], text, strings.Join(tags(list), ", "), rebuild))
		}
	}
	return errors.Join(errs...)
}

// rebuild says how a plugin comes into an image that was built for another
// configuration.
const rebuild = "an image has the plugins of the file it was built for: docker build --build-arg CONFIGS_FILE=<this file>"

// Tags are the build tags that compile in just the enabled plugins.
func (p Plugins) Tags(c config.Config) (string, error) {
	list, err := p.List(c)
	if err != nil {
		return "", err
	}
	list = slices.DeleteFunc(list, func(p Plugin) bool { return !p.Enabled })
	return strings.Join(append([]string{"custom"}, tags(list)...), ","), nil
}

func tags(list []Plugin) []string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Tag()
	}
	return names
}
