package config

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Reference is a Markdown table of all keys, for the documentation.
func Reference() string {
	var out strings.Builder
	out.WriteString("| key | default | |\n|---|---|---|\n")
	reference := func(k key, value reflect.Value) {
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", k.path, code(value), k.describe(value.Type()))
	}
	eachKey(reflect.ValueOf(Default()), "", reference)
	return out.String()
}

// eachKey visits the keys that have values, in the order of the file. Maps of
// structs are shown by one entry of the operator's choice.
func eachKey(value reflect.Value, parent string, visit func(key, reflect.Value)) {
	for _, k := range keysOf(value.Type(), parent) {
		field := value.Field(k.field)
		switch {
		case k.later:
		case elementOf(field.Type()).IsValid():
			eachKey(elementOf(field.Type()), join(k.path, "NAME"), visit)
		case isMapping(field.Type()):
			eachKey(field, k.path, visit)
		default:
			visit(k, field)
		}
	}
}

func code(value reflect.Value) string {
	text := "{}"
	switch {
	case value.Kind() == reflect.Slice && value.IsNil(), value.Type() == reflect.TypeFor[monitor.Secret]():
		return "absent"
	case value.Type() == reflect.TypeFor[Secrets]():
		text = "[]"
	case value.Kind() != reflect.Map:
		text = scalarText(value)
	}
	return "`" + text + "`"
}

// describe is the key's doc with what it may be.
func (k key) describe(t reflect.Type) string {
	var bounds []string
	if len(k.choices) > 0 {
		bounds = append(bounds, "one of `"+strings.Join(k.choices, "`, `")+"`")
	}
	if k.min != "" {
		bounds = append(bounds, "at least "+k.min)
	}
	if k.max != "" {
		bounds = append(bounds, "at most "+k.max)
	}
	if kind := kindOf(t); kind != "" {
		bounds = append([]string{kind}, bounds...)
	}
	if len(bounds) == 0 {
		return k.doc
	}
	return k.doc + " *" + strings.ToUpper(bounds[0][:1]) + strings.Join(bounds, ", ")[1:] + ".*"
}

func kindOf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Duration]():
		return "a duration"
	case reflect.TypeFor[Size]():
		return "a size"
	default:
		return ""
	}
}
