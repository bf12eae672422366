package client

import (
	"encoding/json"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Whatever answers in these types, a server or a try in one's own process, shows
// what the domain holds in the same way.

// JSONOf is data as it is stored: nil, which is written as null, for none.
func JSONOf(data monitor.Data) json.RawMessage {
	if data == "" {
		return nil
	}
	return json.RawMessage(data)
}

// IDOrNil is nil for what refers to nothing, or is not stored.
func IDOrNil(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// DiagnosticsOf shows what was found in code. It is never nil.
func DiagnosticsOf(diagnostics monitor.Diagnostics) []Diagnostic {
	shown := make([]Diagnostic, len(diagnostics))
	for i, d := range diagnostics {
		shown[i] = Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: string(d.Severity), Code: string(d.Code)}
	}
	return shown
}

// FailureOf shows how code failed: nil if it did not.
func FailureOf(f *monitor.Failure) *Failure {
	if f == nil {
		return nil
	}
	return &Failure{Kind: string(f.Kind), Message: f.Message, Position: f.Position, Traceback: f.Traceback}
}

// RoutinesOf shows how the routines of a run ended. It is never nil.
func RoutinesOf(routines []monitor.Routine) []Routine {
	shown := make([]Routine, len(routines))
	for i, r := range routines {
		shown[i] = Routine{Name: r.Name, Seconds: r.Seconds, Returned: r.Returned, Error: FailureOf(r.Error)}
	}
	return shown
}

// LogOf shows the log of a run. It is never nil.
func LogOf(log []monitor.LogEntry) []LogEntry {
	shown := make([]LogEntry, len(log))
	for i, e := range log {
		shown[i] = LogEntry{At: e.At.UTC(), Level: string(e.Level), Message: e.Message, Fields: JSONOf(e.Fields)}
	}
	return shown
}
