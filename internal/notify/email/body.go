package email

import (
	_ "embed"
	"html/template"
	"strings"
	"unicode"
)

//go:embed letter.html
var page string

// pages writes the part of a mail that is HTML, with everything escaped.
var pages = template.Must(template.New("letter").Parse(page))

// told is a letter with what has changed since the last one.
type told struct {
	letter
	// Change is empty in the first mail, and where State says it all.
	Change string
}

// html writes the part that most people see.
func (t *told) html() (string, error) {
	var out strings.Builder
	err := pages.Execute(&out, t)
	return clean(out.String()), err
}

// text writes the part for those who read plain text.
func (t *told) text() string {
	var out strings.Builder
	paragraph := func(lines ...string) {
		text := strings.Join(lines, "\n")
		if strings.TrimSpace(text) != "" {
			out.WriteString(text + "\n\n")
		}
	}
	if t.Test {
		paragraph("This is a test. Nothing is wrong.")
	}
	paragraph(t.Change)
	paragraph(t.State(), t.Title)
	paragraph(t.Summary)
	paragraph(t.Lines)
	links := []string{t.Times()}
	if len(t.Labels) > 0 {
		links = append(links, "Labels: "+strings.Join(t.Labels, ", "))
	}
	if t.URL != "" {
		links = append(links, t.Invitation()+": "+t.URL)
	}
	if t.DocsURL != "" {
		links = append(links, "About the monitor "+t.Monitor+": "+t.DocsURL)
	}
	paragraph(links...)
	return clean(out.String())
}

// clean leaves out what has no place in a mail: some servers take a lone carriage
// return for the end of a line, and would find there what was never meant.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return ' '
		}
		return r
	}, text)
}

// oneLine makes text fit for a header: whatever is in it, it ends none.
func oneLine(text string) string {
	if text = strings.Join(strings.Fields(clean(text)), " "); text == "" {
		return "-"
	}
	return text
}
