package shell

import (
	"errors"
	"strings"
)

// firstWord is the word that a line begins with, and what follows it.
func firstWord(line string) (word, rest string) {
	line = strings.TrimSpace(line)
	rest = strings.TrimLeftFunc(line, func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	})
	return line[:len(line)-len(rest)], rest
}

// isCode tells whether a line that begins with the name of a command is code all
// the same, by what follows the name: an assignment, or something that code does
// with a name right behind it.
func isCode(rest string) bool {
	if rest == "" {
		return false
	}
	if strings.ContainsRune("([.,:;)]}", rune(rest[0])) {
		return true
	}
	operator := strings.TrimLeft(rest, " \t")
	if operator == rest {
		return true // glued to the name: x+1, status=...
	}
	if strings.HasPrefix(operator, "=") {
		return true
	}
	for _, assignment := range []string{"+=", "-=", "*=", "/=", "//=", "%=", "|=", "&=", "^=", "<<=", ">>=", "!=", "<=", ">="} {
		if strings.HasPrefix(operator, assignment) {
			return true
		}
	}
	return false
}

var errOpenQuote = errors.New("a quote is not closed")

// split cuts a command line into words, as a shell does: '...' keeps everything,
// "..." and what is outside of quotes take a backslash before what is meant as it
// is, and # begins a comment.
func split(line string) ([]string, error) {
	var (
		words  []string
		word   strings.Builder
		inWord bool
		quote  rune
	)
	runes := []rune(line)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r == '\\' && quote != '\'' && i+1 < len(runes):
			i++
			word.WriteRune(runes[i])
			inWord = true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == '#' && !inWord:
			return words, nil
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			if inWord {
				words = append(words, word.String())
				word.Reset()
				inWord = false
			}
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 {
		return words, errOpenQuote
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}
