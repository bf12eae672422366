package config

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/monitor"
)

// decoder fills a [Config] from a parsed file and goes on after a problem, so
// that all of them are told at once.
//
// The library's own decoder stops at the first, and knows neither bounds nor
// variables.
type decoder struct {
	path string
	env  environment
	// elsewhere is set if the file is for another environment than this one.
	elsewhere bool
	problems  monitor.Diagnostics
}

func (d *decoder) problem(node ast.Node, format string, args ...any) {
	d.problems = append(d.problems, at(d.path, node.GetToken(), fmt.Sprintf(format, args...)))
}

// problemOf tells what is wrong with the value of a key. Variables are no matter
// where the file is not for this environment: such keys keep their defaults.
func (d *decoder) problemOf(node ast.Node, path string, err error) {
	if d.elsewhere && errors.Is(err, errNotSet) {
		return
	}
	d.problem(node, "%s: %s", path, err)
}

// value decodes what stands under k into target.
func (d *decoder) value(node ast.Node, k key, target reflect.Value) {
	switch {
	case isAlias(node):
		d.problem(node, "%s: anchors, aliases and tags are not understood here", k.path)
	case target.Type() == reflect.TypeFor[map[string]monitor.Data]():
		d.settings(node, k, target)
	case target.Type() == reflect.TypeFor[[]string]():
		d.texts(node, k, target)
	case target.Type() == reflect.TypeFor[Secrets]():
		d.secrets(node, k, target)
	case target.Type() == reflect.TypeFor[map[string]Receiver]():
		d.receivers(node, k, target)
	case target.Type() == reflect.TypeFor[HTTPClient]():
		d.mapping(node, k.path, target)
		d.checkHTTPClient(node, target.Interface().(HTTPClient))
	case target.Kind() == reflect.Map:
		d.named(node, k, target)
	case isMapping(target.Type()):
		d.mapping(node, k.path, target)
	default:
		d.scalar(node, k, target)
	}
}

// mapping decodes into a struct: each key is one of its fields.
func (d *decoder) mapping(node ast.Node, path string, target reflect.Value) {
	keys := keysOf(target.Type(), path)
	d.entries(node, path, func(name string, where ast.Node, value ast.Node) {
		for _, k := range keys {
			switch {
			case k.name != name:
			case k.later:
				d.problem(where, "%s is not available in this version", k.path)
				return
			default:
				d.value(value, k, target.Field(k.field))
				return
			}
		}
		d.problem(where, "unknown key %q%s", join(path, name), didYouMean(name, known(keys)))
	})
}

func known(keys []key) []string {
	var names []string
	for _, k := range keys {
		if !k.later {
			names = append(names, k.name)
		}
	}
	return names
}

// named decodes into a map from names of the operator's choice to structs, each
// of which starts from its defaults.
func (d *decoder) named(node ast.Node, k key, target reflect.Value) {
	d.entries(node, k.path, func(name string, where ast.Node, value ast.Node) {
		if !databaseName.MatchString(name) {
			d.problem(where, "%s: %q is no name: only a-z, 0-9 and _", k.path, name)
			return
		}
		element := reflect.New(target.Type().Elem()).Elem()
		element.Set(elementOf(target.Type()))
		before := len(d.problems)
		d.mapping(value, join(k.path, name), element)
		if auth, ok := element.Interface().(HTTPAuth); ok && len(d.problems) == before {
			d.checkAuth(where, join(k.path, name), auth)
		}
		target.SetMapIndex(reflect.ValueOf(name), element)
	})
}

// elementOf is what an entry of a map of structs starts from; invalid for other
// maps.
func elementOf(t reflect.Type) reflect.Value {
	switch t {
	case reflect.TypeFor[map[string]Pool]():
		return reflect.ValueOf(defaultPool())
	case reflect.TypeFor[map[string]HTTPAuth]():
		return reflect.ValueOf(defaultAuth())
	case reflect.TypeFor[map[string]Receiver]():
		return reflect.ValueOf(defaultReceiver())
	default:
		return reflect.Value{}
	}
}

// settings decodes values of any form into their JSON.
func (d *decoder) settings(node ast.Node, k key, target reflect.Value) {
	d.entries(node, k.path, func(name string, where ast.Node, value ast.Node) {
		text, err := d.json(value)
		if err != nil {
			d.problemOf(where, join(k.path, name), err)
			return
		}
		target.SetMapIndex(reflect.ValueOf(name), reflect.ValueOf(text))
	})
}

// entries visits the entries of a mapping. Nothing at all, as is left when all
// of a mapping's lines are commented out, is a mapping without entries.
func (d *decoder) entries(node ast.Node, path string, visit func(name string, where, value ast.Node)) {
	if node.Type() == ast.NullType {
		return
	}
	mapping, ok := node.(ast.MapNode)
	if !ok {
		d.problem(node, "%s: expected keys with values below it, not %s", cmp.Or(path, "the file"), describe(node))
		return
	}
	for entries := mapping.MapRange(); entries.Next(); {
		where := entries.Key()
		if where.IsMergeKey() {
			d.problem(where, "%s: merge keys are not understood here", cmp.Or(path, "the file"))
			continue
		}
		visit(where.GetToken().Value, where, entries.Value())
	}
}

func isAlias(node ast.Node) bool {
	switch node.Type() {
	case ast.AnchorType, ast.AliasType, ast.TagType:
		return true
	default:
		return false
	}
}
