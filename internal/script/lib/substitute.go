package lib

import (
	"fmt"
	"strconv"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func (p *patterns) substitute(s *script.Scope, a *script.Args) (starlark.Value, error) {
	replacement, most := a.String("replacement"), a.Int("count", 0)
	expression, text, err := p.arguments(s, a)
	if err != nil {
		return nil, err
	}
	pieces, err := parseReplacement(replacement, expression.SubexpNames())
	if err != nil {
		return nil, err
	}
	found, err := matches(s, expression, text, most)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	end := 0
	for _, match := range found {
		b.WriteString(text[end:match[0]])
		end = match[1]
		for _, piece := range pieces {
			b.WriteString(piece.in(text, match))
		}
		if err := s.Reserve(int64(b.Len())); err != nil {
			return nil, err
		}
	}
	b.WriteString(text[end:])
	return starlark.String(b.String()), nil
}

// piece is a part of a replacement: a text, or if that is empty a group.
type piece struct {
	text  string
	group int
}

func (p piece) in(text string, match []int) string {
	if p.text != "" {
		return p.text
	}
	if start := match[2*p.group]; start >= 0 {
		return text[start:match[2*p.group+1]]
	}
	return ""
}

// parseReplacement reads a replacement in Python's notation: \1 and \g<name> are
// groups, \\ is a backslash, \n a new line.
func parseReplacement(replacement string, names []string) ([]piece, error) {
	var pieces []piece
	for replacement != "" {
		text, rest, escaped := strings.Cut(replacement, `\`)
		if text != "" {
			pieces = append(pieces, piece{text: text})
		}
		if !escaped {
			break
		}
		p, length, err := parseEscape(rest, names)
		if err != nil {
			return nil, fmt.Errorf("re.sub(): %w", err)
		}
		pieces = append(pieces, p)
		replacement = rest[length:]
	}
	return pieces, nil
}

// parseEscape reads what follows a backslash, and says how long it is.
func parseEscape(rest string, names []string) (piece, int, error) {
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	switch {
	case digits > 0:
		digits = min(digits, 2)
		p, err := groupNumber(rest[:digits], names)
		return p, digits, err
	case strings.HasPrefix(rest, "g<"):
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			return piece{}, 0, fmt.Errorf(`\g< in the replacement is not closed`)
		}
		name := rest[2:end]
		for i, known := range names {
			if i > 0 && known == name {
				return piece{group: i}, end + 1, nil
			}
		}
		p, err := groupNumber(name, names)
		return p, end + 1, err
	case strings.HasPrefix(rest, `\`):
		return piece{text: `\`}, 1, nil
	case strings.HasPrefix(rest, "n"):
		return piece{text: "\n"}, 1, nil
	case strings.HasPrefix(rest, "t"):
		return piece{text: "\t"}, 1, nil
	}
	return piece{}, 0, fmt.Errorf(`the replacement has a \ that stands for nothing: write \\`)
}

func groupNumber(text string, names []string) (piece, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n >= len(names) {
		return piece{}, fmt.Errorf("the pattern has no group %q", text)
	}
	return piece{group: n}, nil
}
