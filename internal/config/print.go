package config

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Print writes the configuration in force as YAML that [Load] reads. What comes
// from the environment is listed as comments, without its values.
func Print(w io.Writer, config Config) error {
	p := &printer{}
	p.mapping(reflect.ValueOf(config), "", "")
	p.environment(config)
	_, err := w.Write(p.out.Bytes())
	return err
}

// PrintDefaults writes every key with its default, under its comment.
func PrintDefaults(w io.Writer) error {
	p := &printer{comments: true}
	config := Default()
	p.mapping(reflect.ValueOf(config), "", "")
	_, err := w.Write(p.out.Bytes())
	return err
}

// printer writes YAML. The library's encoder would need a second description of
// the keys for their comments and units.
type printer struct {
	out      bytes.Buffer
	comments bool
}

func (p *printer) mapping(value reflect.Value, parent, indent string) {
	for _, k := range keysOf(value.Type(), parent) {
		if k.later {
			continue
		}
		p.entry(k, value.Field(k.field), indent)
	}
}

func (p *printer) entry(k key, value reflect.Value, indent string) {
	if p.comments && k.doc != "" {
		fmt.Fprintf(&p.out, "%s# %s\n", indent, k.comment())
	}
	switch {
	case isUnset(value):
		// Not to be there has its own meaning, which no value stands for.
		if p.comments {
			fmt.Fprintf(&p.out, "%s#%s: []\n", indent, k.name)
		}
	case value.Type() == reflect.TypeFor[Secrets]():
		fmt.Fprintf(&p.out, "%s%s: %s\n", indent, k.name, listText(sortedNames(value)))
	case value.Kind() == reflect.Map && value.Len() == 0:
		fmt.Fprintf(&p.out, "%s%s: {}\n", indent, k.name)
	case value.Kind() == reflect.Map:
		fmt.Fprintf(&p.out, "%s%s:\n", indent, k.name)
		p.named(k, value, indent+"  ")
	case isMapping(value.Type()):
		fmt.Fprintf(&p.out, "%s%s:\n", indent, k.name)
		p.mapping(value, k.path, indent+"  ")
	default:
		fmt.Fprintf(&p.out, "%s%s: %s\n", indent, k.name, scalarText(value))
	}
}

func (p *printer) named(k key, value reflect.Value, indent string) {
	for _, name := range sortedNames(value) {
		element := value.MapIndex(reflect.ValueOf(name))
		if element.Kind() == reflect.Struct {
			fmt.Fprintf(&p.out, "%s%s:\n", indent, name)
			p.mapping(element, join(k.path, name), indent+"  ")
			p.targets(element, indent+"  ")
			continue
		}
		fmt.Fprintf(&p.out, "%s%s: %s\n", indent, quoted(name), scalarText(element))
	}
}

// targets names the plugins of a receiver: their settings may hold secrets.
func (p *printer) targets(element reflect.Value, indent string) {
	receiver, ok := element.Interface().(Receiver)
	if !ok {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(receiver.Targets)) {
		fmt.Fprintf(&p.out, "%s%s: {} # not shown: settings may hold secrets\n", indent, quoted(name))
	}
}

func (p *printer) environment(config Config) {
	address := config.ApplicationDatabase.Address.String()
	if config.ApplicationDatabase.Address.Reveal() == DefaultAddress {
		address = DefaultAddress
	}
	fmt.Fprintf(&p.out, "# from the environment:\n# DATABASE_APPLICATION: %s\n", address)
	for _, name := range slices.Sorted(maps.Keys(config.Databases.Addresses)) {
		fmt.Fprintf(&p.out, "# DATABASE_%s: %s\n", strings.ToUpper(name), config.Databases.Addresses[name])
	}
	if token := config.HTTPServer.AdminToken; token.IsSet() {
		fmt.Fprintf(&p.out, "# %s: %s\n", adminToken, token)
	}
	for _, variable := range config.ApplicationQueue.AWS.variables() {
		fmt.Fprintf(&p.out, "# %s: %s\n", variable[0], variable[1])
	}
}

// comment is the key's doc with what a text may be.
func (k key) comment() string {
	if len(k.choices) == 0 {
		return k.doc
	}
	return k.doc + " (" + strings.Join(k.choices, " | ") + ")"
}

// isMapping tells whether a type has keys below it.
func isMapping(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t != reflect.TypeFor[monitor.Secret]()
}

// isUnset tells whether a value says that the key is not there.
func isUnset(value reflect.Value) bool {
	if secret, ok := value.Interface().(monitor.Secret); ok {
		return !secret.IsSet()
	}
	return value.Kind() == reflect.Slice && value.IsNil()
}

func sortedNames(value reflect.Value) []string {
	names := make([]string, 0, value.Len())
	for _, name := range value.MapKeys() {
		names = append(names, name.String())
	}
	slices.Sort(names)
	return names
}

// scalarText is the inverse of setScalar.
func scalarText(value reflect.Value) string {
	switch value := value.Interface().(type) {
	case string:
		return quoted(value)
	case []string:
		return listText(value)
	case time.Duration:
		return formatDuration(value)
	case *time.Location:
		return quoted(value.String())
	case monitor.Secret:
		return quoted(value.String())
	case monitor.Data:
		// JSON is YAML.
		return escape(string(value))
	default:
		return fmt.Sprint(value)
	}
}

// escape keeps [Load] from taking a part of a text for a variable.
func escape(text string) string { return strings.ReplaceAll(text, "${", "$${") }

// quoted is a text as YAML that is read back as that text.
func quoted(text string) string {
	text = escape(text)
	out, err := yaml.Marshal(text)
	if err != nil || bytes.ContainsRune(out[:len(out)-1], '\n') {
		return strconv.Quote(text)
	}
	return strings.TrimSuffix(string(out), "\n")
}
