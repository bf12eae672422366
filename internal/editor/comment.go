package editor

import (
	"path"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// mark begins the text of each of our comments, by which they are found again
// whatever the editor did to the lines around them.
const mark = "[vedette] "

// style is how comments look in a kind of files.
type style struct{ open, end string }

// styleOf tells how to comment in a file; false: there is no way.
func styleOf(file string) (style, bool) {
	switch path.Ext(file) {
	case ".star", ".py", ".bzl", ".yaml", ".yml", ".toml", ".sh", ".conf", ".ini":
		return style{open: "# "}, true
	case ".sql", ".lua":
		return style{open: "-- "}, true
	case ".md", ".html", ".htm", ".xml", ".svg":
		return style{open: "<!-- ", end: " -->"}, true
	case ".js", ".ts", ".go", ".graphql", ".jsonc":
		return style{open: "// "}, true
	default:
		return style{}, false
	}
}

// comment is a line that says something in a file of this style.
func (s style) comment(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if s.end != "" {
		// Two dashes end such a comment.
		text = strings.ReplaceAll(text, "--", "- -")
	}
	return s.open + mark + text + s.end + "\n"
}

// verbatim is a comment that keeps the spaces of a line, as of a diff.
func (s style) verbatim(line string) string {
	if s.end != "" {
		line = strings.ReplaceAll(line, "--", "- -")
	}
	return s.open + mark + strings.TrimRight(line, "\r\n") + s.end + "\n"
}

// uncommented is a file's text without our comments.
func uncommented(file, text string) string {
	s, ok := styleOf(file)
	if !ok || !strings.Contains(text, mark) {
		return text
	}
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(strings.TrimSpace(line), strings.TrimSpace(s.open+mark)) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// withoutComments are files without our comments.
func withoutComments(files monitor.Files) monitor.Files {
	clean := make(monitor.Files, len(files))
	for file, text := range files {
		clean[file] = uncommented(file, text)
	}
	return clean
}
