package sqlite

import (
	"iter"
	"strings"
)

// kind is what a piece of SQL is, as far as placeholders are concerned.
type kind int

const (
	blank     kind = iota // white space and comments
	other                 // anything that means something
	end                   // ;
	anonymous             // ?
	numbered              // ?1, $1
	named                 // :name, @name, $name
)

// token is a piece of SQL that is not blank.
type token struct {
	kind     kind
	from, to int
}

// tokens cuts SQL as SQLite does, so that a ? in a string, a comment or a quoted
// name is not taken for a placeholder.
func tokens(sql string) iter.Seq[token] {
	return func(yield func(token) bool) {
		for from := 0; from < len(sql); {
			kind, length := scan(sql[from:])
			if kind != blank && !yield(token{kind, from, from + length}) {
				return
			}
			from += length
		}
	}
}

// scan tells what SQL begins with, and how long that is.
func scan(sql string) (kind, int) {
	switch c := sql[0]; {
	case strings.IndexByte(" \t\n\f\r", c) >= 0:
		return blank, 1
	case strings.HasPrefix(sql, "--"):
		return blank, through(sql, 2, "\n")
	case strings.HasPrefix(sql, "/*"):
		return blank, through(sql, 2, "*/")
	case c == '\'' || c == '"' || c == '`':
		// A doubled quote is scanned as two strings side by side: it is all the same.
		return other, through(sql, 1, sql[:1])
	case c == '[':
		return other, through(sql, 1, "]")
	case c == ';':
		return end, 1
	case c == '?':
		return scanQuestionMark(sql)
	case c == ':' || c == '@' || c == '$':
		return scanName(sql)
	default:
		return other, max(1, nameLength(sql))
	}
}

func scanQuestionMark(sql string) (kind, int) {
	length := 1 + prefixLength(sql[1:], isDigit)
	if length == 1 {
		return anonymous, 1
	}
	return numbered, length
}

func scanName(sql string) (kind, int) {
	length := 1 + nameLength(sql[1:])
	switch {
	case length == 1:
		return other, 1
	case sql[0] == '$' && prefixLength(sql[1:length], isDigit) == length-1:
		return numbered, length
	default:
		return named, length
	}
}

// through is the length up to and with what closes a piece, or of all if nothing does.
func through(sql string, from int, closing string) int {
	i := strings.Index(sql[from:], closing)
	if i < 0 {
		return len(sql)
	}
	return from + i + len(closing)
}

func nameLength(sql string) int {
	return prefixLength(sql, func(c byte) bool {
		return c == '_' || c == '$' || c >= 0x80 || isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z'
	})
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func prefixLength(sql string, in func(byte) bool) int {
	for i := range len(sql) {
		if !in(sql[i]) {
			return i
		}
	}
	return len(sql)
}
