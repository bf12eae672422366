package script

import "go.starlark.net/starlark"

// textParts goes through a text, and so keeps it alive.
type textParts interface {
	starlark.Iterable
	// owner is the text.
	owner() starlark.Value
}

// unordered are parts that can only be gone through: code points, bytes.
type unordered struct {
	starlark.Iterable
	text starlark.Value
}

func (u unordered) owner() starlark.Value { return u.text }

// indexed are parts that are also counted and found by number: elements.
type indexed struct {
	starlark.Indexable
	text starlark.Value
}

var (
	_ textParts         = unordered{}
	_ textParts         = indexed{}
	_ starlark.Sequence = indexed{}
)

func (x indexed) owner() starlark.Value      { return x.text }
func (x indexed) Iterate() starlark.Iterator { return starlark.Iterate(x.Indexable) }

// partsOf shows whose parts a value is, if it is that.
func partsOf(text, value starlark.Value) starlark.Value {
	switch value.Type() {
	case "string.elems", "string.codepoints", "bytes.elems":
	default:
		return value
	}
	if list, ok := value.(starlark.Indexable); ok {
		return indexed{list, text}
	}
	return unordered{value.(starlark.Iterable), text}
}
