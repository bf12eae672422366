package monitor

import "strings"

// scanner walks JSON text without building values, which is what makes comparing
// and looking up fields cheap. It trusts the text to be well-formed: of other
// text it may accept some, but it always ends and never panics.
type scanner struct {
	text string
	pos  int
}

// peek gives the next byte that is not white space, 0 at the end.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.text); s.pos++ {
		switch c := s.text[s.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// take steps over c if it comes next.
func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

// key gives the next key of an object, with its quotes, and steps over the colon.
func (s *scanner) key() (string, bool) {
	if s.peek() != '"' {
		return "", false
	}
	key, ok := s.value()
	return key, ok && s.take(':')
}

// value gives the text of the next value and steps over it.
func (s *scanner) value() (string, bool) {
	c := s.peek()
	start := s.pos
	switch c {
	case '"':
		s.skipString()
	case '{', '[':
		s.skipNested()
	default:
		s.skipLiteral()
	}
	return s.text[start:s.pos], s.pos > start
}

func (s *scanner) skipString() {
	for s.pos++; s.pos < len(s.text); s.pos++ {
		switch s.text[s.pos] {
		case '\\':
			s.pos++
		case '"':
			s.pos++
			return
		}
	}
	s.pos = len(s.text)
}

func (s *scanner) skipNested() {
	for depth := 0; s.pos < len(s.text); {
		switch s.text[s.pos] {
		case '"':
			s.skipString()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		s.pos++
		if depth == 0 {
			return
		}
	}
}

func (s *scanner) skipLiteral() {
	length := strings.IndexAny(s.text[s.pos:], ",:]} \t\n\r")
	if length < 0 {
		length = len(s.text) - s.pos
	}
	s.pos += length
}
