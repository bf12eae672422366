package editor

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/patch"
)

// notes are what is to be said on top of each file, by its name.
type notes map[string][]note

// note is one line of a comment.
type note struct {
	// line and column are where in the file without comments; 0: nowhere.
	line, column int
	text         string
	// asIs keeps the line's spaces.
	asIs bool
}

// add notes something on a file. Where that cannot have comments, or is not
// there, the code has it.
func (n notes) add(files monitor.Files, file string, about note) {
	_, there := files[file]
	if _, ok := styleOf(file); !ok || !there {
		about.text, about.line = place(file, about.line, about.column)+": "+about.text, 0
		file = monitor.CodeFile
	}
	n[file] = append(n[file], about)
}

func place(file string, line, column int) string {
	if line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d:%d", file, line, column)
}

// write gives the files with the comments on top. Places in them are those that
// an editor shows: below the comments.
func (n notes) write(files monitor.Files) monitor.Files {
	written := make(monitor.Files, len(files)+1)
	for file, text := range files {
		written[file] = text
	}
	for file, about := range n {
		s, ok := styleOf(file)
		if !ok {
			continue
		}
		top := ""
		for _, line := range about {
			switch {
			case line.asIs:
				top += s.verbatim(line.text)
			case line.line > 0:
				top += s.comment(fmt.Sprintf("line %d, column %d: %s", line.line+len(about), line.column, line.text))
			default:
				top += s.comment(line.text)
			}
		}
		written[file] = top + files[file]
	}
	return written
}

// mistakes are notes on what prevents files from being stored.
func mistakes(files monitor.Files, found []client.Diagnostic) notes {
	n := notes{}
	errors := slices.DeleteFunc(slices.Clone(found), func(d client.Diagnostic) bool { return d.Severity == string(monitor.SeverityWarning) })
	slices.SortStableFunc(errors, func(a, b client.Diagnostic) int { return cmp.Compare(a.Line, b.Line) })
	for _, d := range errors {
		n.add(files, d.File, note{line: d.Line, column: d.Column, text: d.Message})
	}
	for file := range n {
		n[file] = slices.Insert(n[file], 0, note{text: "This cannot be stored yet. Mend it and save, or leave it as it is to give up. These lines go away by themselves."})
	}
	return n
}

// clashes are notes on files in which somebody else changed the same lines.
func clashes(name, who string, files, base, theirs monitor.Files, clashing []string) notes {
	n := notes{}
	for _, change := range patch.Between(name, base, theirs) {
		if !slices.Contains(clashing, change.File) {
			continue
		}
		n.add(files, change.File, note{text: "The text below is yours. " + who + " changed the same lines, as follows: take in what is right of it, and save. These lines go away by themselves."})
		for _, line := range lines(change.Patch) {
			n.add(files, change.File, note{text: line, asIs: true})
		}
	}
	return n
}
