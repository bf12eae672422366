package cli

import (
	"encoding/json"
	"strings"
	"unicode"
)

// plain makes a text safe to print: what monitors found may hold characters that
// command a terminal. Line ends and tabs stay.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return unicode.ReplacementChar
		default:
			return r
		}
	}, text)
}

// oneLine makes a text of many lines one that is safe to print.
func oneLine(text string) string { return strings.Join(strings.Fields(plain(text)), " ") }

// Indented moves the lines of a text to the right.
func Indented(text string) string {
	const margin = "    "
	lines := strings.Split(strings.TrimRight(plain(text), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = margin + line
		}
	}
	return strings.Join(lines, "\n")
}

// Fields shows an object's members as name=value; empty if it has none.
func Fields(object json.RawMessage) string {
	members, err := parseNode(object)
	if err != nil || members.kind != mappingNode {
		return oneLine(string(object))
	}
	var texts []string
	for i, name := range members.keys {
		text := members.children[i].compact()
		texts = append(texts, oneLine(name)+"="+text)
	}
	return strings.Join(texts, " ")
}
