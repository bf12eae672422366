package script

import (
	"cmp"
	"fmt"
	"slices"

	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// maxFindings is how many are shown: a file that is not meant for monitors at all
// could have as many as it has words.
const maxFindings = 200

// maxFindingBytes is how much is shown of what code says when it fails: it can make
// that as long as memory allows.
const maxFindingBytes = 8 << 10

// findings collects what is wrong with a monitor. What was found in two ways,
// from the text and by evaluating it, is noted once.
type findings struct {
	list monitor.Diagnostics
	seen map[monitor.Diagnostic]bool
}

func (f *findings) add(d monitor.Diagnostic) {
	if f.seen == nil {
		f.seen = map[monitor.Diagnostic]bool{}
	}
	if f.seen[d] || f.full() {
		return
	}
	f.seen[d] = true
	f.list = append(f.list, d)
	if f.full() {
		f.list = append(f.list, monitor.Diagnostic{
			File: monitor.CodeFile, Message: fmt.Sprintf("there are more than %d problems: these are the first", maxFindings),
			Severity: monitor.SeverityError,
		})
	}
}

func (f *findings) full() bool { return len(f.list) >= maxFindings }

// errorf notes an error at a place in the text.
func (f *findings) errorf(at syntax.Position, format string, args ...any) {
	f.add(diagnosticAt(at, monitor.SeverityError, fmt.Sprintf(format, args...)))
}

// warnf notes a warning at a place in the text.
func (f *findings) warnf(at syntax.Position, format string, args ...any) {
	f.add(diagnosticAt(at, monitor.SeverityWarning, fmt.Sprintf(format, args...)))
}

// doubt notes a doubt at a place in the text.
func (f *findings) doubt(at syntax.Position, doubt *Doubt) {
	d := diagnosticAt(at, monitor.SeverityWarning, doubt.Message)
	d.Code = doubt.Code
	f.add(d)
}

// fileErrorf notes an error of a file as a whole.
func (f *findings) fileErrorf(file, format string, args ...any) {
	f.add(monitor.Diagnostic{File: file, Message: fmt.Sprintf(format, args...), Severity: monitor.SeverityError})
}

func diagnosticAt(at syntax.Position, severity monitor.Severity, message string) monitor.Diagnostic {
	return monitor.Diagnostic{
		File: at.Filename(), Line: int(at.Line), Column: int(at.Col), Message: message, Severity: severity,
	}
}

// sorted gives the findings in the order of the text, the monitor's own file first.
func (f *findings) sorted() monitor.Diagnostics {
	slices.SortStableFunc(f.list, func(a, b monitor.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(fileOrder(a.File), fileOrder(b.File)),
			cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
		)
	})
	return f.list
}

func fileOrder(name string) int {
	if name == monitor.CodeFile {
		return 0
	}
	return 1
}
