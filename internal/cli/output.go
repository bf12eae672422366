package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Output shows things in the format that was asked for.
type Output struct {
	// Format is one of [Formats].
	Format string
	Screen *Screen
}

// NewOutput writes to w; lookup reads environment variables.
func NewOutput(w io.Writer, format string, lookup func(string) (string, bool)) *Output {
	return &Output{Format: format, Screen: NewScreen(w, lookup)}
}

// One shows one thing: show does it for people.
func (o *Output) One(thing any, show func(*Screen)) error {
	switch o.Format {
	case FormatJSON:
		text, err := encode(thing)
		if err != nil {
			return err
		}
		o.Screen.Linef("%s", text)
	case FormatYAML:
		text, err := encodeYAML(thing)
		if err != nil {
			return err
		}
		o.Screen.Linef("%s", strings.TrimSuffix(text, "\n"))
	default:
		show(o.Screen)
	}
	return o.Screen.Err()
}

// List shows a list, as its items come. The error is that of the list or of
// writing; what came before it has been shown.
func List[T any](o *Output, items iter.Seq2[T, error], table Table[T]) error {
	switch o.Format {
	case FormatJSON:
		return o.listJSON(untyped(items))
	case FormatYAML:
		return o.listYAML(untyped(items))
	default:
		return table.write(o.Screen, items)
	}
}

func untyped[T any](items iter.Seq2[T, error]) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for item, err := range items {
			if !yield(item, err) {
				return
			}
		}
	}
}

// listJSON writes one array. A list that breaks off leaves it open, so that no
// program takes a part for the whole.
func (o *Output) listJSON(items iter.Seq2[any, error]) error {
	const indent = "  "
	open, between := "[\n", ""
	for item, err := range items {
		if err != nil {
			return err
		}
		text, err := encode(item)
		if err != nil {
			return err
		}
		o.Screen.printf("%s%s%s", open+between, indent, strings.ReplaceAll(text, "\n", "\n"+indent))
		if o.Screen.Err() != nil {
			return o.Screen.Err()
		}
		open, between = "", ",\n"
	}
	if open != "" {
		o.Screen.Linef("[]")
	} else {
		o.Screen.printf("\n]\n")
	}
	return o.Screen.Err()
}

func (o *Output) listYAML(items iter.Seq2[any, error]) error {
	empty := true
	for item, err := range items {
		if err != nil {
			return err
		}
		text, err := encodeYAML([]any{item})
		if err != nil {
			return err
		}
		o.Screen.Linef("%s", strings.TrimSuffix(text, "\n"))
		if o.Screen.Err() != nil {
			return o.Screen.Err()
		}
		empty = false
	}
	if empty {
		o.Screen.Linef("[]")
	}
	return o.Screen.Err()
}

// encode writes indented JSON, without a line end.
func encode(thing any) (string, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(thing); err != nil {
		return "", fmt.Errorf("encode the output: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

func encodeYAML(thing any) (string, error) {
	text, err := encode(thing)
	if err != nil {
		return "", err
	}
	n, err := parseNode([]byte(text))
	if err != nil {
		return "", fmt.Errorf("encode the output: %w", err)
	}
	return yamlOf(n), nil
}
