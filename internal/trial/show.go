package trial

import (
	"encoding/json"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// mapped is never nil: what is shown has no null for a list.
func mapped[T, S any](items []T, show func(T) S) []S {
	shown := make([]S, len(items))
	for i, item := range items {
		shown[i] = show(item)
	}
	return shown
}

// raw is JSON that goes out as it is.
func raw(data monitor.Data) json.RawMessage {
	if data == "" {
		return nil
	}
	return json.RawMessage(data)
}

// idOrNil is nil for what is not stored.
func idOrNil(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

func showDiagnostics(diagnostics monitor.Diagnostics) []client.Diagnostic {
	return mapped(diagnostics, func(d monitor.Diagnostic) client.Diagnostic {
		return client.Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: string(d.Severity), Code: string(d.Code)}
	})
}

func showRoutine(r monitor.Routine) client.Routine {
	shown := client.Routine{Name: r.Name, Seconds: r.Seconds, Returned: r.Returned}
	if f := r.Error; f != nil {
		shown.Error = &client.Failure{Kind: string(f.Kind), Message: f.Message, Position: f.Position, Traceback: f.Traceback}
	}
	return shown
}

func showLogEntry(e monitor.LogEntry) client.LogEntry {
	return client.LogEntry{At: e.At.UTC(), Level: string(e.Level), Message: e.Message, Fields: raw(e.Fields)}
}

func showQuery(q run.QueryTiming) client.PreviewQuery {
	shown := client.PreviewQuery{
		Routine: q.Routine, Database: q.Database, SQL: q.SQL, Arguments: q.Arguments,
		Seconds: q.Duration.Seconds(), Rows: q.Rows,
	}
	if q.Err != nil {
		shown.Error = q.Err.Error()
	}
	return shown
}

func showCall(c run.CallTiming) client.PreviewCall {
	shown := client.PreviewCall{
		Routine: c.Routine, Method: c.Method, URL: c.URL,
		Status: c.Status, Bytes: c.Bytes, Seconds: c.Duration.Seconds(),
	}
	if c.Err != nil {
		shown.Error = c.Err.Error()
	}
	return shown
}
