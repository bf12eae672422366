package httpapi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestExecutions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	declaration := w.register("orders")
	w.run("orders", declaration, func(o *monitor.Outcome) {
		o.Search = nil
		o.Report.Routines[0].Error = &monitor.Failure{
			Kind: monitor.FailureQuery, Message: "no such table", Position: "monitor.star:3:5", Traceback: "search\n  query",
		}
		o.Report.Log = []monitor.LogEntry{
			{At: w.store.Now(), Level: monitor.LogInfo, Message: "hello", Fields: `{"n":1}`},
			{At: w.store.Now(), Level: monitor.LogWarning, Message: "careful"},
		}
	})
	w.find("orders", declaration, "7")

	page, err := w.client.Executions(t.Context(), client.ExecutionFilter{Monitor: "orders"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, page.Items, 2)
	require.Equal(t, "succeeded", page.Items[0].Status)
	require.Equal(t, client.Counts{Created: 1}, page.Items[0].Counts)
	require.Equal(t, 1, *page.Items[0].Version)

	failed, err := w.client.Executions(t.Context(), client.ExecutionFilter{Status: "failed"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, failed.Items, 1)
	require.Empty(t, failed.Items[0].Log, "lists stay short")

	detail, err := w.client.Execution(t.Context(), failed.Items[0].ID)
	require.NoError(t, err)
	require.Contains(t, detail.Error, "no such table")
	require.Equal(t, []string{"update", "search"}, detail.Tasks)
	require.Equal(t, &client.Failure{Kind: "query", Message: "no such table", Position: "monitor.star:3:5", Traceback: "search\n  query"}, detail.Routines[0].Error)
	require.Len(t, detail.Log, 2)
	require.Equal(t, "hello", detail.Log[0].Message)
	require.JSONEq(t, `{"n":1}`, string(detail.Log[0].Fields))
	require.Equal(t, "warning", detail.Log[1].Level)

	_, err = w.client.Execution(t.Context(), 4711)
	w.code(monitor.CodeNotFound, "execution 4711", err)
}

func TestExecutions_QueuedOnesHaveNoVersionYet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	_, err := w.store.ClaimDue(t.Context(), w.store.Now(), w.store.Now().Location(), 10)
	require.NoError(t, err)

	page, err := w.client.Executions(t.Context(), client.ExecutionFilter{Status: "queued"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	require.Nil(t, page.Items[0].Version)
	require.Nil(t, page.Items[0].StartedAt)
	require.Empty(t, page.Items[0].Routines)
}
