package script

import (
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// What values take, in bytes, on a 64-bit machine.
const (
	sizeOfValue  = 16 // an interface: each element of a list
	sizeOfString = 16
	sizeOfNumber = 16
	sizeOfList   = 48
	// sizeOfSetElement is also that of an entry of a dict.
	sizeOfSetElement = 90
)

// sizeOfInt is nothing for ints of 32 bits, which the interpreter keeps in the
// place of a pointer.
func sizeOfInt(n starlark.Int) int64 {
	small, fits := n.Int64()
	switch {
	case fits && int64(int32(small)) == small:
		return 0
	case fits:
		return 48
	}
	return 48 + int64(n.BigInt().BitLen()/8)
}

// sizeOfDict is for a dict of n entries, without what they hold: there is room
// for eight, then groups of eight that are filled to four fifths.
func sizeOfDict(n int) int64 {
	if n <= 8 {
		return 512
	}
	return 512 + int64(n)*sizeOfSetElement
}

// topLevel is what the interpreter calls the function that a file is.
const topLevel = "<toplevel>"

// sharedText is the length from which a text is worth remembering: smaller ones
// are counted wherever they are referred to.
const sharedText = 256

// meter measures how much memory values take. What it has met before it does not
// count again. It keeps its own stack, since values may be nested deeper than the
// goroutine's stack allows.
type meter struct {
	total int64
	// limit ends the measuring: more than that is all that matters.
	limit int64
	seen  map[identity]struct{}
	// open are the lists, dicts and others that are still to be looked into.
	open []starlark.Value
}

func newMeter(limit int64) *meter {
	return &meter{limit: limit, seen: map[identity]struct{}{}}
}

// measureFrames counts what the variables of a thread's functions hold, what they
// are working on, and further values with them. The variables of a top level are
// its module's.
func measureFrames(thread *starlark.Thread, further []starlark.Value, limit int64) int64 {
	m := newMeter(limit)
	for _, value := range further {
		m.add(value)
	}
	if depth := thread.CallStackDepth(); depth > 0 {
		if outermost, ok := thread.DebugFrame(depth - 1).Callable().(*starlark.Function); ok && outermost.Name() == topLevel {
			for _, value := range outermost.Globals() {
				m.add(value)
			}
		}
	}
	for depth := range thread.CallStackDepth() {
		frame := thread.DebugFrame(depth)
		for i := range frame.NumLocals() {
			if _, value := frame.Local(i); value != nil {
				m.add(value)
			}
		}
		for _, value := range operands(frame) {
			if value != nil {
				m.add(value)
			}
		}
	}
	return m.measure()
}

func (m *meter) measure() int64 {
	for len(m.open) > 0 && m.total <= m.limit {
		last := len(m.open) - 1
		next := m.open[last]
		m.open = m.open[:last]
		m.lookInto(next)
	}
	return m.total
}

// add counts what holds no other values, and puts the rest aside.
func (m *meter) add(value starlark.Value) {
	switch value := value.(type) {
	case starlark.NoneType, starlark.Bool:
	case starlark.String:
		m.addText(string(value))
	case starlark.Bytes:
		m.addText(string(value))
	case starlark.Int:
		m.total += sizeOfInt(value)
	case starlark.Float:
		m.total += sizeOfNumber
	default:
		m.open = append(m.open, value)
	}
}

func (m *meter) addText(text string) {
	m.total += sizeOfString
	if len(text) < sharedText || m.isNew(identityOfText(text)) {
		m.total += int64(len(text))
	}
}

func (m *meter) isNew(value identity) bool {
	if _, known := m.seen[value]; known {
		return false
	}
	m.seen[value] = struct{}{}
	return true
}

func (m *meter) lookInto(value starlark.Value) {
	switch value := value.(type) {
	case *starlark.List:
		if m.isNew(identityOf(value)) {
			m.total += sizeOfList
			m.addElements(value)
		}
	case starlark.Tuple:
		if len(value) > 0 && m.isNew(identityOfTuple(value)) {
			m.addElements(value)
		}
	case *starlark.Dict:
		if m.isNew(identityOf(value)) {
			m.total += sizeOfDict(value.Len())
			for key, element := range value.Entries() {
				m.add(key)
				m.add(element)
			}
		}
	case *starlark.Set:
		if m.isNew(identityOf(value)) {
			m.total += sizeOfDict(value.Len())
			for element := range value.Elements() {
				m.add(element)
			}
		}
	case *starlarkstruct.Struct:
		if m.isNew(identityOf(value)) {
			m.addFields(value)
		}
	case *starlark.Function:
		if m.isNew(identityOf(value)) {
			m.addCaptured(value)
		}
	case *starlark.Builtin:
		if owner := value.Receiver(); owner != nil {
			m.add(owner)
		}
	case textParts:
		m.add(value.owner())
	default:
		m.total += sizeOfNumber
	}
}

func (m *meter) addElements(list starlark.Indexable) {
	m.total += int64(list.Len()) * sizeOfValue
	for i := 0; i < list.Len() && m.total <= m.limit; i++ {
		m.add(list.Index(i))
	}
}

func (m *meter) addFields(s *starlarkstruct.Struct) {
	for _, name := range s.AttrNames() {
		m.total += sizeOfString + sizeOfValue
		if value, err := s.Attr(name); err == nil {
			m.add(value)
		}
	}
}

// addCaptured counts what a nested function refers to: a variable that it shares
// with the function around it, and the default of a parameter, are seen only from
// here.
func (m *meter) addCaptured(function *starlark.Function) {
	for i := range function.NumParams() {
		if value := function.ParamDefault(i); value != nil {
			m.add(value)
		}
	}
	for i := range function.NumFreeVars() {
		if _, value := function.FreeVar(i); value != nil {
			m.add(value)
		}
	}
}
