package monitor

import "strings"

// Equal tells whether two data say the same: objects with the same keys in any
// order, numbers equal exactly by value, everything else exactly (R08). Data that
// is not well-formed equals only the same text.
func Equal(a, b Data) bool {
	if a == b {
		return true
	}
	x, y := scanner{text: string(a)}, scanner{text: string(b)}
	return equalNext(&x, &y) && x.peek() == 0 && y.peek() == 0
}

// equalNext compares the next value of each and steps over both.
func equalNext(a, b *scanner) bool {
	switch {
	case a.peek() == '{' && b.peek() == '{':
		return equalObjects(a, b)
	case a.peek() == '[' && b.peek() == '[':
		return equalLists(a, b)
	}
	x, ok := a.value()
	if !ok {
		return false
	}
	y, ok := b.value()
	return ok && equalScalars(x, y)
}

func equalLists(a, b *scanner) bool {
	a.pos++
	b.pos++
	for {
		endA, endB := a.take(']'), b.take(']')
		if endA || endB {
			return endA && endB
		}
		if !equalNext(a, b) || !sameComma(a, b, ']') {
			return false
		}
	}
}

// equalObjects goes through both in step for as long as their keys come in the
// same order, which they nearly always do: both were made by the same code.
func equalObjects(a, b *scanner) bool {
	a.pos++
	b.pos++
	for {
		endA, endB := a.take('}'), b.take('}')
		if endA || endB {
			return endA && endB
		}
		restA, restB := *a, *b
		keyA, okA := a.key()
		keyB, okB := b.key()
		if !okA || !okB {
			return false
		}
		if !equalScalars(keyA, keyB) {
			*a, *b = restA, restB
			return equalUnordered(a, b)
		}
		if !equalNext(a, b) || !sameComma(a, b, '}') {
			return false
		}
	}
}

// sameComma steps over the commas after an element: both have one, or for both
// the end comes next.
func sameComma(a, b *scanner, end byte) bool {
	if a.take(',') {
		return b.take(',')
	}
	return a.peek() == end && b.peek() == end
}

// equalUnordered compares what is left of two objects whatever the order.
func equalUnordered(a, b *scanner) bool {
	x, ok := members(a)
	if !ok {
		return false
	}
	y, ok := members(b)
	if !ok || len(x) != len(y) {
		return false
	}
	for key, value := range x {
		other, found := y[key]
		if !found || !Equal(Data(value), Data(other)) {
			return false
		}
	}
	return true
}

// members reads what is left of an object and steps over its end.
func members(s *scanner) (map[string]string, bool) {
	fields := make(map[string]string)
	for !s.take('}') {
		quoted, ok := s.key()
		if !ok {
			return nil, false
		}
		key, ok := unquote(quoted)
		if !ok {
			return nil, false
		}
		if fields[key], ok = s.value(); !ok {
			return nil, false
		}
		s.take(',')
	}
	return fields, true
}

// equalScalars compares the texts of two values that are not both objects or
// both lists. Strings may be escaped in more than one way.
func equalScalars(a, b string) bool {
	switch {
	case a == b:
		return true
	case a[0] == '"' && b[0] == '"':
		if strings.IndexByte(a, '\\') < 0 && strings.IndexByte(b, '\\') < 0 {
			return false
		}
		x, okA := unquote(a)
		y, okB := unquote(b)
		return okA && okB && x == y
	case startsNumber(a[0]) && startsNumber(b[0]):
		x, okA := parseDecimal(a)
		y, okB := parseDecimal(b)
		return okA && okB && x == y
	}
	return false
}
