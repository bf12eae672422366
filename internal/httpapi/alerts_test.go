package httpapi

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// onlyAlert gives the one alert that matches.
func (w *world) onlyAlert(filter client.AlertFilter) client.Alert {
	w.Helper()
	page, err := w.client.Alerts(w.Context(), filter, client.Paging{})
	require.NoError(w, err)
	require.Len(w, page.Items, 1)
	return page.Items[0]
}

func TestAlerts_R60_Acknowledge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	declaration := w.register("orders")
	w.find("orders", declaration, "1")
	alert := w.onlyAlert(client.AlertFilter{Monitor: "orders"})
	require.Equal(t, 4, alert.Priority)
	require.Equal(t, 1, alert.ActiveIssues)
	require.True(t, alert.CanAcknowledge)
	require.Nil(t, alert.AcknowledgePriority)

	alert, err := w.client.Acknowledge(t.Context(), alert.ID, "looking at it")
	require.NoError(t, err)
	require.True(t, alert.Acknowledged)
	require.True(t, alert.IsPriorityAcknowledged)
	require.False(t, alert.CanAcknowledge)
	require.Equal(t, 4, *alert.AcknowledgePriority)
	_, err = w.client.Acknowledge(t.Context(), alert.ID, "")
	require.NoError(t, err)

	events, err := w.client.Events(t.Context(), client.EventFilter{Name: "alert_acknowledged"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, events.Items, 1, "again at the same level is nothing")
	require.JSONEq(t, `{"actor":"local","comment":"looking at it"}`, string(events.Items[0].ExtraPayload))

	w.find("orders", declaration, "2", "3")
	alert, err = w.client.Alert(t.Context(), alert.ID)
	require.NoError(t, err)
	require.Equal(t, 2, alert.Priority)
	require.True(t, alert.Acknowledged)
	require.False(t, alert.IsPriorityAcknowledged, "it became more important")
	require.True(t, alert.CanAcknowledge)
}

func TestAlerts_R61_LockAndUnlock(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	alert := w.onlyAlert(client.AlertFilter{})

	alert, err := w.client.Lock(t.Context(), alert.ID, "")
	require.NoError(t, err)
	require.True(t, alert.Locked)
	require.False(t, alert.CanLock)
	alert, err = w.client.Unlock(t.Context(), alert.ID, "")
	require.NoError(t, err)
	require.False(t, alert.Locked)
	require.True(t, alert.CanLock)
}

func TestAlerts_R62_Solve(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	w.find("by_hand", w.register("by_hand", unsolvable), "1", "2")

	alert := w.onlyAlert(client.AlertFilter{Monitor: "orders"})
	require.False(t, alert.CanSolve)
	_, err := w.client.SolveAlert(t.Context(), alert.ID, "")
	w.code(monitor.CodeConflict, "solved by its runs", err)

	alert = w.onlyAlert(client.AlertFilter{Monitor: "by_hand"})
	require.True(t, alert.CanSolve)
	alert, err = w.client.SolveAlert(t.Context(), alert.ID, "done")
	require.NoError(t, err)
	require.Equal(t, "solved", alert.Status)
	require.NotNil(t, alert.SolvedAt)
	require.Zero(t, alert.ActiveIssues)
	require.False(t, alert.CanAcknowledge || alert.CanLock || alert.CanSolve)
	_, err = w.client.Lock(t.Context(), alert.ID, "")
	w.code(monitor.CodeConflict, "solved already", err)

	issues, err := w.client.Issues(t.Context(), client.IssueFilter{AlertID: alert.ID, Status: "solved"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, issues.Items, 2)
}

func TestAlerts_Filters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	labelled := func(d *monitor.Declaration) { d.Options.Labels = map[string]string{"team": "shop"} }
	w.find("by_hand", w.register("by_hand", unsolvable, labelled), "1", "2", "3")
	w.find("solved", w.register("solved", unsolvable), "1")
	_, err := w.client.SolveAlert(t.Context(), w.onlyAlert(client.AlertFilter{Monitor: "solved"}).ID, "")
	require.NoError(t, err)
	_, err = w.client.Acknowledge(t.Context(), w.onlyAlert(client.AlertFilter{Monitor: "orders"}).ID, "")
	require.NoError(t, err)
	_, err = w.client.Lock(t.Context(), w.onlyAlert(client.AlertFilter{Monitor: "orders"}).ID, "")
	require.NoError(t, err)

	yes, no := true, false
	for _, test := range []struct {
		filter client.AlertFilter
		want   []string
	}{
		{client.AlertFilter{}, []string{"solved", "by_hand", "orders"}},
		{client.AlertFilter{Status: "active"}, []string{"by_hand", "orders"}},
		{client.AlertFilter{Status: "solved"}, []string{"solved"}},
		{client.AlertFilter{Priorities: []int{2}}, []string{"by_hand"}},
		{client.AlertFilter{Status: "active", Acknowledged: &yes}, []string{"orders"}},
		{client.AlertFilter{Status: "active", Acknowledged: &no}, []string{"by_hand"}},
		{client.AlertFilter{Monitor: "gone"}, []string{}},
		{client.AlertFilter{Query: "d"}, []string{"solved", "by_hand", "orders"}},
		{client.AlertFilter{Query: "_h"}, []string{"by_hand"}},
		{client.AlertFilter{Query: "_h", Silenced: &no, Locked: &no, Labels: map[string]string{"team": "shop"}}, []string{"by_hand"}},
		{client.AlertFilter{Labels: map[string]string{"team": "shop", "x": "y"}}, []string{}},
		{client.AlertFilter{Status: "active", Locked: &yes}, []string{"orders"}},
		{client.AlertFilter{Priorities: []int{2, 4}, Status: "active"}, []string{"by_hand", "orders"}},
		{client.AlertFilter{Sort: "priority", Status: "active"}, []string{"by_hand", "orders"}},
	} {
		page, err := w.client.Alerts(t.Context(), test.filter, client.Paging{})
		require.NoError(t, err)
		names := []string{}
		for _, alert := range page.Items {
			names = append(names, alert.Monitor)
		}
		require.Equal(t, test.want, names, "%+v", test.filter)
	}
}

func TestAlerts_ByPriorityInParts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, issues := range map[string][]string{"a": {"1"}, "b": {"1", "2", "3"}, "c": {"1"}, "d": {"1", "2", "3"}} {
		w.find(name, w.register(name), issues...)
	}
	filter := client.AlertFilter{Status: "active", Sort: "priority"}
	whole, err := w.client.Alerts(t.Context(), filter, client.Paging{})
	require.NoError(t, err)
	var inParts []client.Alert
	for alert, err := range client.All(t.Context(), client.Paging{Limit: 1}, func(ctx context.Context, p client.Paging) (client.Page[client.Alert], error) {
		return w.client.Alerts(ctx, filter, p)
	}) {
		require.NoError(t, err)
		inParts = append(inParts, alert)
	}
	require.Equal(t, whole.Items, inParts)
	require.Len(t, inParts, 4)
	require.True(t, slices.IsSortedFunc(inParts, func(a, b client.Alert) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.ID, a.ID))
	}))
	require.NotEqual(t, inParts[0].Priority, inParts[3].Priority)

	first, err := w.client.Alerts(t.Context(), filter, client.Paging{Limit: 1})
	require.NoError(t, err)
	_, err = w.client.Alerts(t.Context(), client.AlertFilter{}, client.Paging{Cursor: *first.NextCursor})
	w.code(monitor.CodeInvalid, "cursor", err)
	newest, err := w.client.Alerts(t.Context(), client.AlertFilter{}, client.Paging{Limit: 1})
	require.NoError(t, err)
	for _, cursor := range []string{*newest.NextCursor, *urgentList.cursor("1"), *urgentList.cursor("6 1"), *urgentList.cursor("1 x")} {
		_, err = w.client.Alerts(t.Context(), filter, client.Paging{Cursor: cursor})
		w.code(monitor.CodeInvalid, "cursor", err)
	}
	_, err = w.client.Alerts(t.Context(), client.AlertFilter{Sort: "priority"}, client.Paging{})
	w.code(monitor.CodeInvalid, "status=active", err)
}

func TestAlerts_R66_OfADeletedMonitorStayReadable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	alert := w.onlyAlert(client.AlertFilter{})
	w.archive("orders")

	alert, err := w.client.Alert(t.Context(), alert.ID)
	require.NoError(t, err)
	require.Equal(t, "orders", alert.Monitor)
	require.Equal(t, "solved", alert.Status)
	_, err = w.client.Acknowledge(t.Context(), alert.ID, "")
	w.code(monitor.CodeConflict, "solved already", err)
	_, err = w.client.Monitor(t.Context(), "orders")
	w.code(monitor.CodeNotFound, "orders", err)
}
