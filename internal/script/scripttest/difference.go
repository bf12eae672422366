package scripttest

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

// difference says where inside of two unequal values they first differ, and in
// what; empty if they differ as a whole.
func difference(s *script.Scope, actual, expected starlark.Value) (string, error) {
	path := ""
	for {
		step, x, y, found := firstUnequal(actual, expected)
		if !found {
			break
		}
		path, actual, expected = path+step, x, y
		if x == nil || y == nil {
			break
		}
	}
	switch {
	case path == "":
		return "", nil
	case actual == nil:
		return fmt.Sprintf(" at %s, which is missing", path), nil
	case expected == nil:
		return fmt.Sprintf(" at %s, which is not expected", path), nil
	}
	texts, err := shown(s, actual, expected)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(" at %s: %s is not %s", path, texts[0], texts[1]), nil
}

// firstUnequal takes one step into two unequal lists or dicts. What is in one of
// them only is nil in the other.
func firstUnequal(actual, expected starlark.Value) (step string, x, y starlark.Value, found bool) {
	switch actual := actual.(type) {
	case *starlark.Dict:
		if expected, ok := expected.(*starlark.Dict); ok {
			return firstUnequalKey(actual, expected)
		}
	case starlark.Indexable:
		_, isText := actual.(starlark.String)
		if expected, ok := expected.(starlark.Indexable); ok && !isText && actual.Type() == expected.Type() {
			return firstUnequalIndex(actual, expected)
		}
	}
	return "", nil, nil, false
}

func firstUnequalKey(actual, expected *starlark.Dict) (step string, x, y starlark.Value, found bool) {
	for _, dict := range []*starlark.Dict{expected, actual} {
		for _, key := range dict.Keys() {
			x, hasX, errX := actual.Get(key)
			y, hasY, errY := expected.Get(key)
			if errX != nil || errY != nil {
				continue // it is a key, so this cannot be
			}
			if hasX && hasY && equal(x, y) {
				continue
			}
			if !hasX {
				x = nil
			}
			if !hasY {
				y = nil
			}
			return fmt.Sprintf("[%s]", key), x, y, true
		}
	}
	return "", nil, nil, false
}

func firstUnequalIndex(actual, expected starlark.Indexable) (step string, x, y starlark.Value, found bool) {
	for i := range max(actual.Len(), expected.Len()) {
		x, y = nil, nil
		if i < actual.Len() {
			x = actual.Index(i)
		}
		if i < expected.Len() {
			y = expected.Index(i)
		}
		if x == nil || y == nil || !equal(x, y) {
			return fmt.Sprintf("[%d]", i), x, y, true
		}
	}
	return "", nil, nil, false
}

func equal(x, y starlark.Value) bool {
	same, err := starlark.Equal(x, y)
	return err == nil && same
}

// cut shortens a text for a message.
func cut(text string) string {
	if len(text) <= shownValue {
		return text
	}
	return strings.ToValidUTF8(text[:shownValue], "") + "..."
}
