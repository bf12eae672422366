package script

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxDecodedNesting keeps the decoder from exhausting the goroutine's stack.
const maxDecodedNesting = 1000

// Decode makes Starlark values of JSON text: new ones, free to change. Whole
// numbers become ints of any size, others floats.
func Decode(data monitor.Data) (starlark.Value, error) {
	return new(decoder).decode(string(data))
}

// decoder reads JSON straight into Starlark values; by way of Go maps it would
// take twice as long and lose the order of keys. One decoder is meant for many
// texts of the same kind: it remembers their keys.
type decoder struct {
	text  string
	pos   int
	depth int
	// bytes estimates how much memory the values take; over limit, if there is one,
	// decoding ends.
	bytes, limit int64
	// keys holds recently seen keys as values, from the second text on: the objects
	// of a list mostly have the same, and each would cost an allocation.
	keys *[64]knownKey
	used bool
	// size is how many keys the last object had.
	size int
}

type knownKey struct {
	text  string
	value starlark.Value
}

func (d *decoder) decode(text string) (starlark.Value, error) {
	if d.used && d.keys == nil {
		d.keys = new([64]knownKey)
	}
	d.text, d.pos, d.depth, d.used = text, 0, 0, true
	value, err := d.value()
	if err != nil {
		return nil, err
	}
	if d.peek() != 0 || d.pos < len(d.text) {
		return nil, d.errorf("something after the value")
	}
	return value, nil
}

func (d *decoder) errorf(format string, args ...any) error {
	return fmt.Errorf("JSON at offset %d: %s", d.pos, fmt.Sprintf(format, args...))
}

// peek gives the next byte that is not white space, 0 at the end.
func (d *decoder) peek() byte {
	for ; d.pos < len(d.text); d.pos++ {
		switch c := d.text[d.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

func (d *decoder) value() (starlark.Value, error) {
	switch c := d.peek(); c {
	case '"':
		text, err := d.string()
		d.bytes += sizeOfString + int64(len(text))
		return starlark.String(text), err
	case '{', '[':
		if d.depth++; d.depth > maxDecodedNesting {
			return nil, d.errorf("nested deeper than %d levels", maxDecodedNesting)
		}
		defer func() { d.depth-- }()
		if c == '{' {
			return d.object()
		}
		return d.list()
	case 'n':
		return d.literal("null", starlark.None)
	case 't':
		return d.literal("true", starlark.True)
	case 'f':
		return d.literal("false", starlark.False)
	case 0:
		return nil, d.errorf("unexpected end")
	default:
		if c == '-' || isDigit(c) {
			return d.number()
		}
		return nil, d.errorf("unexpected %q", c)
	}
}

func (d *decoder) literal(word string, value starlark.Value) (starlark.Value, error) {
	if !strings.HasPrefix(d.text[d.pos:], word) {
		return nil, d.errorf("unexpected %q", d.text[d.pos])
	}
	d.pos += len(word)
	return value, nil
}

func (d *decoder) list() (starlark.Value, error) {
	d.pos++
	var elements []starlark.Value
	for d.peek() != ']' {
		if len(elements) > 0 {
			if d.peek() != ',' {
				return nil, d.errorf("expected , or ]")
			}
			d.pos++
		}
		element, err := d.value()
		if err != nil {
			return nil, err
		}
		elements = append(elements, element)
	}
	d.pos++
	d.bytes += sizeOfList + int64(cap(elements))*sizeOfValue
	if d.limit > 0 && d.bytes > d.limit {
		return nil, errTooLarge
	}
	return starlark.NewList(elements), nil
}

func (d *decoder) object() (starlark.Value, error) {
	d.pos++
	dict := starlark.NewDict(d.size)
	for n := 0; d.peek() != '}'; n++ {
		if n > 0 {
			if d.peek() != ',' {
				return nil, d.errorf("expected , or }")
			}
			d.pos++
		}
		if d.peek() != '"' {
			return nil, d.errorf("expected a key in quotes")
		}
		text, err := d.string()
		if err != nil {
			return nil, err
		}
		if d.peek() != ':' {
			return nil, d.errorf("expected :")
		}
		d.pos++
		value, err := d.value()
		if err != nil {
			return nil, err
		}
		if err := dict.SetKey(d.key(text), value); err != nil {
			return nil, d.errorf("%v", err)
		}
	}
	d.pos++
	d.size = dict.Len()
	d.bytes += sizeOfDict(d.size)
	if d.limit > 0 && d.bytes > d.limit {
		return nil, errTooLarge
	}
	return dict, nil
}

// key gives a key's value, from memory if it was seen lately.
func (d *decoder) key(text string) starlark.Value {
	if d.keys == nil {
		return starlark.String(text)
	}
	slot := len(text)
	if len(text) > 0 {
		slot += int(text[0])*7 + int(text[len(text)-1])*31
	}
	known := &d.keys[slot%len(d.keys)]
	if known.value == nil || known.text != text {
		known.text, known.value = text, starlark.String(text)
	}
	return known.value
}

func (d *decoder) number() (starlark.Value, error) {
	start := d.pos
	end, whole, ok := scanNumber(d.text, start)
	if !ok {
		return nil, d.errorf("malformed number")
	}
	d.pos = end
	text := d.text[start:end]
	if !whole {
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, d.errorf("number out of range")
		}
		d.bytes += sizeOfNumber
		return starlark.Float(f), nil
	}
	if len(text) <= 18 {
		n, err := strconv.ParseInt(text, 10, 64)
		return starlark.MakeInt64(n), err
	}
	n, _ := new(big.Int).SetString(text, 10)
	d.bytes += sizeOfNumber + int64(len(text))/2
	return starlark.MakeBigInt(n), nil
}

// scanNumber finds the end of a JSON number and tells whether it is whole.
func scanNumber(text string, start int) (end int, whole, ok bool) {
	i := start
	digits := func() bool {
		first := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		return i > first
	}
	at := func(chars string) bool {
		found := i < len(text) && strings.IndexByte(chars, text[i]) >= 0
		if found {
			i++
		}
		return found
	}
	at("-")
	first := i
	ok = digits() && (text[first] != '0' || i == first+1)
	whole = true
	if at(".") {
		whole = false
		ok = digits() && ok
	}
	if at("eE") {
		whole = false
		at("+-")
		ok = digits() && ok
	}
	return i, whole, ok
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
