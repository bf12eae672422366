package httpapi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestDelete_R66_EndsWhatIsActiveAndKeepsTheHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.put("orders", ordersCode, "")
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	w.find("orders", view.Declaration, "7", "8")

	deleted, err := w.client.DeleteMonitor(t.Context(), "orders", "no longer needed", made.ETag)
	require.NoError(t, err)
	require.Equal(t, "orders", deleted.Name)
	require.Equal(t, 2, deleted.ActiveIssues, "as it was")
	_, err = w.client.Monitor(t.Context(), "orders")
	w.code(monitor.CodeNotFound, "orders", err)

	issues, err := w.client.Issues(t.Context(), client.IssueFilter{Monitor: "orders"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, issues.Items, 2)
	require.Equal(t, "dropped", issues.Items[0].Status)
	require.Equal(t, "solved", w.onlyAlert(client.AlertFilter{Monitor: "orders"}).Status)
	events, err := w.client.Events(t.Context(), client.EventFilter{Name: "issue_dropped"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, events.Items, 2)
	require.Equal(t, "local", *events.Items[0].Actor)
	require.Contains(t, string(events.Items[0].ExtraPayload), "no longer needed")

	versions, err := w.client.Versions(t.Context(), "orders", client.Paging{})
	require.NoError(t, err)
	require.Len(t, versions.Items, 1)
	require.False(t, versions.Items[0].Current)
	version, err := w.client.Version(t.Context(), "orders", 1)
	require.NoError(t, err)
	require.Equal(t, ordersCode, version.Files[monitor.CodeFile])

	require.Equal(t, 1, w.put("orders", ordersCode, "").Version, "the name is free")
}

func TestDelete_Conditions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.put("orders", ordersCode, "")
	w.put("orders", ordersCode+"# 2", "*")
	_, err := w.client.DeleteMonitor(t.Context(), "orders", "", first.ETag)
	w.code(monitor.CodeStale, "at version 2 by now, which local registered", err)
	_, err = w.client.DeleteMonitor(t.Context(), "gone", "", "*")
	w.code(monitor.CodeNotFound, "gone", err)
	_, err = w.client.DeleteMonitor(t.Context(), "orders", "a\x00b", "")
	w.code(monitor.CodeInvalid, "comment", err)
	require.Equal(t, 200, w.send("DELETE", "/api/v1/monitors/orders", "").status, "without a body, and whatever it is")
	require.Equal(t, 404, w.send("DELETE", "/api/v1/monitors/orders", "").status)
}
