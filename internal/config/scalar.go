package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/vedettehq/vedette/internal/monitor"
)

// scalar decodes one value and holds it against the key's bounds.
func (d *decoder) scalar(node ast.Node, k key, target reflect.Value) {
	text, quoted, err := d.text(node)
	if err == nil {
		err = setScalar(target, text, quoted)
	}
	if err == nil {
		err = k.accepts(target)
	}
	if err != nil {
		d.problemOf(node, k.path, err)
	}
}

// text gives the text of a scalar with its variables replaced. It is quoted if
// it is a text and nothing else: not a number, and not from a variable, whose
// values have no types.
func (d *decoder) text(node ast.Node) (text string, quoted bool, err error) {
	switch node := node.(type) {
	case *ast.StringNode:
		text = node.Value
	case *ast.LiteralNode:
		text = node.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return node.GetToken().Value, false, nil
	case *ast.NullNode:
		return "", false, errors.New("has no value: give it one, or leave the key out")
	default:
		return "", false, fmt.Errorf("expected one value, not %s", describe(node))
	}
	text, found, err := d.env.expand(text)
	return text, !found, err
}

// describe names what stands in a file where something else was expected.
func describe(node ast.Node) string {
	switch node.(type) {
	case ast.MapNode:
		return "a mapping"
	case ast.ArrayNode:
		return "a list"
	default:
		return fmt.Sprintf("%q", node.GetToken().Value)
	}
}

// setScalar reads text in the way of target's type. A quoted text is nothing but
// a text.
func setScalar(target reflect.Value, text string, quoted bool) error {
	switch target.Interface().(type) {
	case string:
		target.SetString(text)
		return nil
	case monitor.Secret:
		target.Set(reflect.ValueOf(monitor.NewSecret(text)))
		return nil
	case time.Duration:
		value, err := ParseDuration(text)
		target.SetInt(int64(value))
		return err
	case Size:
		value, err := ParseSize(text)
		target.SetInt(int64(value))
		return err
	case *time.Location:
		return setZone(target, text)
	case bool:
		if quoted || (text != "true" && text != "false") {
			return fmt.Errorf("expected true or false, not %q", text)
		}
		target.SetBool(text == "true")
		return nil
	default:
		value, err := strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
		if err != nil || quoted {
			return fmt.Errorf("expected a whole number, not %q", text)
		}
		target.SetInt(value)
		return nil
	}
}

func setZone(target reflect.Value, text string) error {
	zone, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		return fmt.Errorf("%q is no time zone: write it as Europe/Berlin", text)
	}
	target.Set(reflect.ValueOf(zone))
	return nil
}

// accepts tells what is wrong with a value of the key's type.
func (k key) accepts(value reflect.Value) error {
	if len(k.choices) > 0 {
		return k.acceptsChoice(value.String())
	}
	if k.check != "" && value.Kind() == reflect.String {
		return check(k.check, value.String())
	}
	if !value.CanInt() {
		return nil
	}
	if k.min != "" && value.Int() < bound(k.min, value.Type()) {
		return fmt.Errorf("must be at least %s", k.min)
	}
	if k.max != "" && value.Int() > bound(k.max, value.Type()) {
		return fmt.Errorf("must be at most %s", k.max)
	}
	return nil
}

func (k key) acceptsChoice(text string) error {
	if !slices.Contains(k.choices, text) {
		return fmt.Errorf("%q is not understood: %s%s", text, oneOf(k.choices), didYouMean(text, k.choices))
	}
	return nil
}

func oneOf(choices []string) string {
	if len(choices) == 1 {
		return "it must be " + choices[0]
	}
	return "one of " + strings.Join(choices, ", ")
}

// bound reads a bound of a tag in the way of the key's own type. A test reads
// all of them, so that here it cannot fail.
func bound(text string, t reflect.Type) int64 {
	target := reflect.New(t).Elem()
	if err := setScalar(target, text, false); err != nil {
		panic(err)
	}
	return target.Int()
}
