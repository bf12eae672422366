package notify

import (
	"fmt"
	"strings"
)

// Shorten cuts a text to so many characters, visibly.
func Shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:max(0, most-1)]) + "…"
}

// Lines writes the card's issues as lines of text, with the fields as their
// heading, up to so many bytes. What is left out is counted at the end.
func (c *Card) Lines(most int) string {
	if len(c.Fields) == 0 || len(c.Issues) == 0 {
		return ""
	}
	const reserve = len("... and 1000000 more")
	var out strings.Builder
	out.WriteString(strings.Join(c.Fields, " | "))
	shown := 0
	for _, row := range c.Issues {
		line := "\n" + strings.ReplaceAll(strings.Join(row.Values, " | "), "\n", " ")
		if out.Len()+len(line)+reserve > most {
			break
		}
		out.WriteString(line)
		shown++
	}
	if more := c.ActiveIssues - shown; more > 0 {
		fmt.Fprintf(&out, "\n... and %d more", more)
	}
	return out.String()
}
