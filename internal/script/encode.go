package script

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
)

// storedTime is how a time is stored: RFC 3339 in UTC with milliseconds.
const storedTime = "2006-01-02T15:04:05.000Z"

// maxEncodedNesting is how deep values may be nested where nothing else is said:
// more is nearly always a value that contains itself.
const maxEncodedNesting = 100

// errTooLarge says that a value's text is over the limit it was given.
var errTooLarge = fmt.Errorf("too large")

// encoder writes values in stored form (R08).
type encoder struct {
	buffer []byte
	// maxBytes bounds the text. It also ends values that contain themselves more
	// than once, which would otherwise grow with every level.
	maxBytes int
	// maxNesting bounds the levels of lists and dicts.
	maxNesting int
	depth      int
	// replaced counts what became U+FFFD.
	replaced int
}

// encode gives a value's stored form. The error says what in it has none.
func (e *encoder) encode(value starlark.Value) (monitor.Data, error) {
	e.buffer, e.depth = e.buffer[:0], 0
	if err := e.value(value); err != nil {
		return "", err
	}
	if len(e.buffer) > e.maxBytes {
		return "", errTooLarge
	}
	return monitor.Data(e.buffer), nil
}

func (e *encoder) value(value starlark.Value) error {
	if len(e.buffer) > e.maxBytes {
		return errTooLarge
	}
	switch value := value.(type) {
	case starlark.NoneType:
		e.buffer = append(e.buffer, "null"...)
	case starlark.Bool:
		e.buffer = strconv.AppendBool(e.buffer, bool(value))
	case starlark.Int:
		e.int(value)
	case starlark.Float:
		e.float(float64(value))
	case starlark.String:
		e.string(string(value))
	case starlark.Bytes:
		e.buffer = append(e.buffer, '"')
		e.buffer = base64.StdEncoding.AppendEncode(e.buffer, []byte(value))
		e.buffer = append(e.buffer, '"')
	case starlarktime.Time:
		e.buffer = append(e.buffer, '"')
		e.buffer = time.Time(value).UTC().AppendFormat(e.buffer, storedTime)
		e.buffer = append(e.buffer, '"')
	case starlarktime.Duration:
		e.string(time.Duration(value).String())
	default:
		return e.nested(value)
	}
	return nil
}

func (e *encoder) nested(value starlark.Value) error {
	if e.depth++; e.depth > e.maxNesting {
		return fmt.Errorf("nested deeper than %d levels", e.maxNesting)
	}
	defer func() { e.depth-- }()
	switch value := value.(type) {
	case *starlark.Dict:
		return e.dict(value)
	case *starlarkstruct.Struct:
		return e.structure(value)
	case *starlarkstruct.Module:
	case starlark.Iterable:
		return e.list(value)
	}
	return fmt.Errorf("%s cannot be stored", Describe(value))
}

func (e *encoder) list(list starlark.Iterable) error {
	e.buffer = append(e.buffer, '[')
	i := 0
	for element := range starlark.Elements(list) {
		if i > 0 {
			e.buffer = append(e.buffer, ',')
		}
		if err := e.value(element); err != nil {
			return within(fmt.Sprintf("[%d]", i), err)
		}
		i++
	}
	e.buffer = append(e.buffer, ']')
	return nil
}

func (e *encoder) dict(dict *starlark.Dict) error {
	e.buffer = append(e.buffer, '{')
	first := true
	for key, value := range dict.Entries() {
		name, ok := starlark.AsString(key)
		if !ok {
			return fmt.Errorf("a key is %s%s, not a string", Describe(key), shown(key))
		}
		if !first {
			e.buffer = append(e.buffer, ',')
		}
		first = false
		if err := e.member(name, value); err != nil {
			return err
		}
	}
	e.buffer = append(e.buffer, '}')
	return nil
}

func (e *encoder) structure(s *starlarkstruct.Struct) error {
	e.buffer = append(e.buffer, '{')
	for i, name := range s.AttrNames() {
		if i > 0 {
			e.buffer = append(e.buffer, ',')
		}
		value, err := s.Attr(name)
		if err != nil {
			return err
		}
		if err := e.member(name, value); err != nil {
			return err
		}
	}
	e.buffer = append(e.buffer, '}')
	return nil
}

func (e *encoder) member(name string, value starlark.Value) error {
	e.string(name)
	e.buffer = append(e.buffer, ':')
	if err := e.value(value); err != nil {
		return within(fmt.Sprintf("[%q]", shorten(name)), err)
	}
	return nil
}

func (e *encoder) int(n starlark.Int) {
	if small, ok := n.Int64(); ok {
		e.buffer = strconv.AppendInt(e.buffer, small, 10)
		return
	}
	e.buffer = n.BigInt().Append(e.buffer, 10)
}

// float writes the shortest text that reads back equal: whole floats as ints.
func (e *encoder) float(f float64) {
	switch abs := math.Abs(f); {
	case math.IsNaN(f), math.IsInf(f, 0):
		e.buffer = append(e.buffer, "null"...)
	case f == 0:
		e.buffer = append(e.buffer, '0') // negative zero is equal to it
	case abs >= 1e-6 && abs < 1e21:
		e.buffer = strconv.AppendFloat(e.buffer, f, 'f', -1, 64)
	default:
		e.buffer = appendExponent(e.buffer, f)
	}
}

// appendExponent writes 1e+300 as 1e300 and 1e-07 as 1e-7.
func appendExponent(dst []byte, f float64) []byte {
	text := strconv.FormatFloat(f, 'e', -1, 64)
	for i, c := range []byte(text) {
		plus := c == '+'
		padding := c == '0' && text[i-1] == '-' && i < len(text)-1
		if !plus && !padding {
			dst = append(dst, c)
		}
	}
	return dst
}
