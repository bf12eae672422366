package config

import (
	"reflect"
	"strings"
)

// key describes one key of the file, as the tags of its field do.
type key struct {
	name string
	// path is the name after the names of all mappings around it, dotted.
	path     string
	doc      string
	min, max string
	choices  []string
	check    string
	// later is set for a key of other versions.
	later bool
	// field is the index of the key's field.
	field int
}

// keysOf lists the keys of a mapping that is read into a struct of type t.
func keysOf(t reflect.Type, parent string) []key {
	var keys []key
	for i := range t.NumField() {
		field := t.Field(i)
		name, ok := field.Tag.Lookup("yaml")
		if !ok {
			continue
		}
		keys = append(keys, key{
			name:    name,
			path:    join(parent, name),
			doc:     field.Tag.Get("doc"),
			min:     field.Tag.Get("min"),
			max:     field.Tag.Get("max"),
			choices: list(field.Tag.Get("choices")),
			check:   field.Tag.Get("check"),
			later:   field.Type == reflect.TypeFor[later](),
			field:   i,
		})
	}
	return keys
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

func list(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
