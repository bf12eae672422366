package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Error is a configuration that cannot be used, with all that is wrong with it.
type Error struct {
	Problems monitor.Diagnostics
}

// Error has one problem a line: file:line:column: what is wrong.
func (e *Error) Error() string { return e.Problems.String() }

// asError is nil if nothing is wrong. Problems come in the order of the text.
func asError(problems monitor.Diagnostics) error {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b monitor.Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return &Error{problems}
}
