package script

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// checkTextMethod estimates what a method of a string will allocate.
func checkTextMethod(s *Scope, method, text string, args starlark.Tuple, kwargs []starlark.Tuple) error {
	switch method {
	case "format":
		values := append(starlark.Tuple{}, args...)
		for _, pair := range kwargs {
			values = append(values, pair[1])
		}
		return checkFormat(s, text, "{", values)
	case "join":
		if len(args) == 1 {
			return checkJoin(s, text, args[0])
		}
	case "replace":
		if len(args) >= 2 {
			if old, ok := starlark.AsString(args[0]); ok {
				return s.Reserve(int64(len(text)) + int64(strings.Count(text, old))*int64(starlark.Len(args[1])))
			}
		}
	case "splitlines":
		return checkSplit(s, strings.Count(text, "\n"))
	case "split", "rsplit":
		return checkSplit(s, separators(text, args))
	default:
		return checkParts(s, len(text))
	}
	return nil
}

// checkSplit is asked for a text that is cut in so many places: each part is a
// value of its own.
func checkSplit(s *Scope, cuts int) error {
	return s.Reserve(int64(cuts) * (sizeOfValue + 2*sizeOfString))
}

// separators counts where split cuts a text; by itself, at white space.
func separators(text string, args starlark.Tuple) int {
	if len(args) > 0 && args[0] != starlark.None {
		separator, ok := starlark.AsString(args[0])
		if !ok || separator == "" {
			return 0 // it is refused
		}
		return strings.Count(text, separator)
	}
	count, inSpace := 0, false
	for _, r := range text {
		space := unicode.IsSpace(r)
		if space && !inSpace {
			count++
		}
		inSpace = space
	}
	return count
}

func checkJoin(s *Scope, separator string, list starlark.Value) error {
	sequence, ok := list.(starlark.Sequence)
	if !ok {
		return nil
	}
	total := int64(sequence.Len()) * int64(len(separator))
	for element := range starlark.Elements(sequence) {
		if text, ok := starlark.AsString(element); ok {
			total += int64(len(text))
		}
	}
	return s.Reserve(total)
}

// checkFormat bounds the text that comes of a format: each of its fields may show
// the longest of the values.
func checkFormat(s *Scope, format, field string, values starlark.Tuple) error {
	longest := int64(0)
	for _, value := range values {
		size, err := shownSize(s, value)
		if err != nil {
			return err
		}
		longest = max(longest, size)
	}
	return s.Reserve(int64(len(format)) + int64(strings.Count(format, field))*longest)
}

// maxShownNesting is how deep a value may be nested to be shown as text: the
// interpreter's writer would exhaust the goroutine's stack, which nothing
// survives.
const maxShownNesting = 500

// shownSize estimates the text that shows a value. A value that holds the same
// list many times over is shown as often, so it can be much larger than what is
// in memory.
func shownSize(s *Scope, value starlark.Value) (int64, error) {
	limit := s.invocation.call.Limits.MaxMemory
	if limit <= 0 {
		limit = 1 << 30
	}
	c := counter{limit: limit}
	c.count(value, 0)
	if c.tooDeep {
		return 0, s.limit("a value nested deeper than %d levels cannot be shown", maxShownNesting)
	}
	return c.total, s.Reserve(c.total)
}

type counter struct {
	total, limit int64
	tooDeep      bool
}

func (c *counter) count(value starlark.Value, depth int) {
	if depth > maxShownNesting {
		c.tooDeep = true
	}
	if c.tooDeep || c.total > c.limit {
		return
	}
	switch value := value.(type) {
	case starlark.String:
		c.total += quotedLength(string(value))
	case starlark.Bytes:
		c.total += 4*int64(len(value)) + 3
	case starlark.Int:
		c.total += 20
		if _, small := value.Int64(); !small {
			c.total += int64(value.BigInt().BitLen()) / 3
		}
	case *starlark.Dict:
		for key, element := range value.Entries() {
			c.count(key, depth+1)
			c.count(element, depth+1)
			c.total += 4
		}
	case *starlarkstruct.Struct:
		for _, name := range value.AttrNames() {
			c.total += int64(len(name)) + 5
			if field, err := value.Attr(name); err == nil {
				c.count(field, depth+1)
			}
		}
	case *starlark.List, starlark.Tuple, *starlark.Set:
		for element := range starlark.Elements(value.(starlark.Iterable)) {
			c.count(element, depth+1)
			c.total += 2
		}
	default:
		c.total += 40
	}
}

// quotedLength estimates how long a text is in quotes: what is no letter of ASCII
// may be written as an escape.
func quotedLength(text string) int64 {
	length := int64(len(text)) + 2
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ', c == 0x7f:
			length += 3
		case c >= utf8.RuneSelf:
			length += 2
		case c == '"', c == '\\':
			length++
		}
	}
	return length
}
