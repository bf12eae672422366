package trial

import (
	"encoding/json"

	"github.com/vedettehq/vedette/internal/client"
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

func showQuery(q run.QueryTiming) client.PreviewQuery {
	shown := client.PreviewQuery{
		Routine: q.Routine, Database: q.Database, SQL: q.SQL, Arguments: q.Arguments,
		Seconds: q.Duration.Seconds(), Rows: q.Rows,
	}
	if q.Err != nil {
		shown.Error = q.Err.Error()
	}
	if q.Sample != nil {
		shown.Sample = &client.PreviewSample{
			Columns: q.Sample.Columns, ColumnCount: q.Sample.ColumnCount, Rows: mapped(q.Sample.Rows, showRow),
		}
	}
	return shown
}

func showRow(cells []run.Cell) client.PreviewRow {
	shown := client.PreviewRow{Values: make([]json.RawMessage, len(cells)), Cut: []client.PreviewCut{}}
	for i, cell := range cells {
		shown.Values[i] = client.JSONOf(cell.Value)
		if cell.Cut != run.NotCut {
			shown.Cut = append(shown.Cut, client.PreviewCut{Column: i, Kind: string(cell.Cut), Characters: cell.Characters})
		}
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
