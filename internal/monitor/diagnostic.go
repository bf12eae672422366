package monitor

import (
	"fmt"
	"slices"
	"strings"
)

// Severity says whether a diagnostic prevents a version from being registered.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// DiagnosticCode says what kind of finding one is, where programs have to know.
type DiagnosticCode string

// The codes: a name in the code that the configuration does not have.
const (
	UnknownReceiver DiagnosticCode = "unknown_receiver"
	UnknownDatabase DiagnosticCode = "unknown_database"
	UnknownAuth     DiagnosticCode = "unknown_auth"
	UnknownSecret   DiagnosticCode = "unknown_secret"
)

// Diagnostic is one finding of validation, at its place.
type Diagnostic struct {
	// File is relative to the monitor's folder; Line and Column count from 1 and
	// are 0 where the finding has no place in the text.
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Message  string   `json:"message"`
	Severity Severity `json:"severity"`
	// Code is empty for most.
	Code DiagnosticCode `json:"code,omitempty"`
}

// String is file:line:column: message.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(d.File)
	if d.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", d.Line, d.Column)
	}
	b.WriteString(": ")
	if d.Severity == SeverityWarning {
		b.WriteString("warning: ")
	}
	b.WriteString(d.Message)
	return b.String()
}

// Diagnostics are all findings of one validation.
type Diagnostics []Diagnostic

// HasErrors tells whether any of them is an error.
func (ds Diagnostics) HasErrors() bool {
	for _, d := range ds {
		if d.Severity == SeverityError {
			return true
		}
	}
	return false
}

// Strict gives the findings as they count where a version is to become current: an
// unknown receiver, which may be known elsewhere while code is written, is an error
// there. Nobody would be told of the alerts.
func (ds Diagnostics) Strict() Diagnostics {
	strict := slices.Clone(ds)
	for i := range strict {
		if strict[i].Code == UnknownReceiver {
			strict[i].Severity = SeverityError
		}
	}
	return strict
}

// String has one finding a line.
func (ds Diagnostics) String() string {
	lines := make([]string, len(ds))
	for i, d := range ds {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
