package cli

import (
	"encoding/json"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// property is one line about a single thing.
type property struct {
	name, value string
	colour      colour
}

// properties shows lines of names and values. Those without a value are left out.
func (s *Screen) properties(properties ...property) {
	widest := 0
	for _, p := range properties {
		if p.value != "" {
			widest = max(widest, width(p.name))
		}
	}
	for _, p := range properties {
		if p.value != "" {
			s.Linef("%s%s%s", text.Pad(p.name, widest, ' '), gap, s.paint(p.colour, p.value))
		}
	}
}

// section shows a text of several lines under a title, if there is one.
func (s *Screen) section(title, body string) {
	if strings.TrimSpace(body) == "" {
		return
	}
	s.Linef("\n%s", s.paint(bold, title))
	s.Linef("%s", Indented(body))
}

// data shows an object as YAML: it reads best.
func (s *Screen) data(title string, object json.RawMessage) {
	n, err := parseNode(object)
	if err != nil {
		s.section(title, string(object))
		return
	}
	s.section(title, yamlOf(n))
}

// yesNo is how people read a bool.
func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
