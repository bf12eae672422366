package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
)

// checkPlugins refuses what cannot be run with these plugins before anything is
// opened.
func (a *App) checkPlugins(context.Context) error { return a.Plugins.Check(a.Config) }

// Check refuses a configuration that needs a plugin which is not there or not
// enabled: all such findings at once.
func (p Plugins) Check(c config.Config) error {
	list, err := p.List(c)
	errs := []error{err, needs(list, kindStore, "DATABASE_APPLICATION", c.ApplicationDatabase.Address)}
	addresses := c.Databases.Addresses
	for _, name := range slices.Sorted(maps.Keys(addresses)) {
		errs = append(errs, needs(list, kindDatabase, "DATABASE_"+strings.ToUpper(name), addresses[name]))
	}
	return errors.Join(errs...)
}

// needs tells why the plugin for an address cannot be used. An address that is
// none has its own error where it is opened.
func needs(list []Plugin, kind, variable string, address monitor.Secret) error {
	name, _ := scheme(address)
	wanted := Plugin{Kind: kind, Name: name, Enabled: true}
	at := slices.IndexFunc(list, func(p Plugin) bool { return p.Tag() == wanted.Tag() })
	switch {
	case name == "":
		return nil
	case at < 0:
		list = slices.DeleteFunc(slices.Clone(list), func(p Plugin) bool { return p.Kind != kind })
		return fmt.Errorf("%s: there is no plugin %q in this binary, only %s; %s", variable, wanted.Tag(), strings.Join(tags(list), ", "), rebuild)
	case !list[at].Enabled:
		return fmt.Errorf("%s: the plugin %q is not enabled: add it to plugins in the configuration", variable, wanted.Tag())
	default:
		return nil
	}
}
