package httpapi

import (
	"encoding/json"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// moment is a time in UTC, or nil for one that has not come.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// raw is JSON that goes out as it is stored.
func raw(data monitor.Data) json.RawMessage {
	if data == "" {
		return nil
	}
	return json.RawMessage(data)
}

// idOrNil is nil for what refers to nothing.
func idOrNil(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

func showDiagnostics(diagnostics monitor.Diagnostics) []client.Diagnostic {
	shown := make([]client.Diagnostic, len(diagnostics))
	for i, d := range diagnostics {
		shown[i] = client.Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: string(d.Severity), Code: string(d.Code)}
	}
	return shown
}
