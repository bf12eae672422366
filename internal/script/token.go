package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of Python: the interpreter's own scanner refuses what is not
// Starlark, and that is just what hints are about.
type token struct {
	kind tokenKind
	// text is the token; of a text literal only what leads the quotes, such as f.
	text   string
	line   int
	column int
	// depth counts the brackets around it.
	depth int
}

type tokenKind int

const (
	wordToken tokenKind = iota
	numberToken
	textToken
	signToken
	// newlineToken ends a line outside of brackets.
	newlineToken
)

// signs of more than one character, the longest first.
var signs = []string{"**=", "//=", ">>=", "<<=", "**", "//", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "&&", "||"}

// scanTokens cuts a text into tokens. It takes anything.
func scanTokens(text string) []token {
	s := &tokenScanner{text: text, line: 1, column: 1}
	for s.pos < len(s.text) {
		s.next()
	}
	s.emit(newlineToken, "\n")
	return s.tokens
}

type tokenScanner struct {
	text   string
	pos    int
	line   int
	column int
	depth  int
	tokens []token
}

func (s *tokenScanner) emit(kind tokenKind, text string) {
	s.tokens = append(s.tokens, token{kind, text, s.line, s.column, s.depth})
}

// advance steps over n bytes.
func (s *tokenScanner) advance(n int) {
	end := min(s.pos+n, len(s.text))
	for _, r := range s.text[s.pos:end] {
		s.column++
		if r == '\n' {
			s.line++
			s.column = 1
		}
	}
	s.pos = end
}

func (s *tokenScanner) next() {
	rest := s.text[s.pos:]
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == '\n':
		if s.depth == 0 {
			s.emit(newlineToken, "\n")
		}
		s.advance(1)
	case unicode.IsSpace(r):
		s.advance(utf8.RuneLen(r))
	case r == '\\':
		s.advance(2)
	case r == '#':
		s.advance(len(rest) - len(strings.TrimLeftFunc(rest, func(r rune) bool { return r != '\n' })))
	case r == '"' || r == '\'':
		s.literal("")
	case r >= '0' && r <= '9':
		number := rest[:len(rest)-len(strings.TrimLeft(rest, ".xXoO0123456789abcdefABCDEF"))]
		s.emit(numberToken, number)
		s.advance(len(number))
	case isWord(r):
		s.word(rest)
	default:
		s.sign(rest)
	}
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func (s *tokenScanner) word(rest string) {
	word := rest[:len(rest)-len(strings.TrimLeftFunc(rest, isWord))]
	quoted := len(word) < len(rest) && (rest[len(word)] == '"' || rest[len(word)] == '\'')
	if quoted && len(word) <= 2 && strings.Trim(strings.ToLower(word), "frbu") == "" {
		s.literal(word)
		return
	}
	s.emit(wordToken, word)
	s.advance(len(word))
}

// literal steps over a text literal and its prefix.
func (s *tokenScanner) literal(prefix string) {
	s.emit(textToken, prefix)
	s.advance(len(prefix))
	quote := s.text[s.pos : s.pos+1]
	if strings.HasPrefix(s.text[s.pos:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	end := len(quote)
	rest := s.text[s.pos:]
	for end < len(rest) && !strings.HasPrefix(rest[end:], quote) {
		if rest[end] == '\n' && len(quote) == 1 {
			break // it does not end
		}
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	s.advance(end + len(quote))
}

func (s *tokenScanner) sign(rest string) {
	sign := rest[:max(1, min(len(rest), runeLength(rest)))]
	for _, longer := range signs {
		if strings.HasPrefix(rest, longer) {
			sign = longer
			break
		}
	}
	if strings.Contains(")]}", sign) {
		s.depth = max(0, s.depth-1)
	}
	s.emit(signToken, sign)
	if strings.Contains("([{", sign) {
		s.depth++
	}
	s.advance(len(sign))
}

func runeLength(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}
