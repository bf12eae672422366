package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
)

// Follow shows what comes, each thing at once: as rows below a header, as JSON one
// on a line, since an array would never end, or as a YAML list. The error is that
// of what comes or of writing.
func Follow[T any](o *Output, items iter.Seq2[T, error], table Table[T]) error {
	switch o.Format {
	case FormatJSON:
		return o.followJSON(untyped(items))
	case FormatYAML:
		return o.listYAML(untyped(items))
	default:
		return table.follow(o.Screen, items)
	}
}

func (o *Output) followJSON(items iter.Seq2[any, error]) error {
	for item, err := range items {
		if err != nil {
			return err
		}
		text, err := encode(item)
		if err != nil {
			return err
		}
		var line bytes.Buffer
		if err := json.Compact(&line, []byte(text)); err != nil {
			return fmt.Errorf("encode the output: %w", err)
		}
		o.Screen.Linef("%s", line.Bytes())
		if o.Screen.Err() != nil {
			return o.Screen.Err()
		}
	}
	return o.Screen.Err()
}

// follow shows the header first, which says that something is listened to.
func (t Table[T]) follow(s *Screen, items iter.Seq2[T, error]) error {
	layout := newLayout(len(t))
	t.flush(s, &layout, nil)
	for item, err := range items {
		if err != nil {
			return err
		}
		s.refresh()
		t.flush(s, &layout, []T{item})
		if s.Err() != nil {
			return s.Err()
		}
	}
	return s.Err()
}
