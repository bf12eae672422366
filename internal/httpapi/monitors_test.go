package httpapi

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestMonitors_ShowsWhatIsKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.deps.Problems = func() map[string]monitor.Diagnostics {
			return map[string]monitor.Diagnostics{"orders": {{File: "monitor.star", Line: 3, Column: 1, Message: "no", Severity: monitor.SeverityError}}}
		}
	})
	declaration := w.register("orders", func(d *monitor.Declaration) { d.Options.Labels = map[string]string{"team": "shop"} })
	w.register("payments")
	w.find("orders", declaration, "7", "8")

	page, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{})
	require.NoError(t, err)
	require.Nil(t, page.NextCursor)
	require.Len(t, page.Items, 2)
	orders, payments := page.Items[0], page.Items[1]
	require.Equal(t, "orders", orders.Name)
	require.Equal(t, "violating", orders.Health)
	require.Equal(t, 2, orders.ActiveIssues)
	require.Equal(t, 1, orders.ActiveAlerts)
	require.Equal(t, map[string]string{"team": "shop"}, orders.Labels)
	require.Equal(t, "About orders", orders.Summary)
	require.Equal(t, "0 * * * *", orders.SearchCron)
	require.NotNil(t, orders.NextSearchAt)
	require.NotNil(t, orders.LastProvenAt)
	require.Equal(t, "succeeded", orders.LastExecution.Status)
	require.Equal(t, []client.Diagnostic{{File: "monitor.star", Line: 3, Column: 1, Message: "no", Severity: "error"}}, orders.Problems)
	require.Empty(t, orders.Documentation, "lists stay short")

	require.Equal(t, "unknown", payments.Health)
	require.Nil(t, payments.LastExecution)
	require.Nil(t, payments.LastProvenAt)
	require.Empty(t, payments.Labels)
	require.Empty(t, payments.Problems)

	alone, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, "# About orders", alone.Documentation)
	alone.Documentation = ""
	require.Equal(t, orders, alone)
}

func TestMonitors_SayWhichFieldsOfIssuesAreShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders", func(d *monitor.Declaration) {
		d.Options.ModelIDKey = "order_id"
		d.Options.Notifications = []monitor.Notification{
			{IssuesFields: []string{"order_id", "status"}}, {}, {IssuesFields: []string{"status", "amount"}},
		}
	})
	w.register("payments")

	orders, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, "order_id", orders.ModelIDKey)
	require.Equal(t, []string{"order_id", "status", "amount"}, orders.IssuesFields)
	payments, err := w.client.Monitor(t.Context(), "payments")
	require.NoError(t, err)
	require.Equal(t, []string{}, payments.IssuesFields)
}

func TestMonitors_Filters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders", func(d *monitor.Declaration) { d.Options.Labels = map[string]string{"team": "shop", "tier": "1"} }), "7")
	w.find("payments", w.register("payments", func(d *monitor.Declaration) { d.Options.Labels = map[string]string{"team": "shop"} }))
	w.register("refunds")
	_, err := w.client.Disable(t.Context(), "refunds", "")
	require.NoError(t, err)

	yes, no := true, false
	for _, test := range []struct {
		filter client.MonitorFilter
		want   []string
	}{
		{client.MonitorFilter{}, []string{"orders", "payments", "refunds"}},
		{client.MonitorFilter{Query: "e"}, []string{"orders", "payments", "refunds"}},
		{client.MonitorFilter{Query: "und"}, []string{"refunds"}},
		{client.MonitorFilter{Query: "%"}, nil},
		{client.MonitorFilter{Enabled: &yes}, []string{"orders", "payments"}},
		{client.MonitorFilter{Enabled: &no}, []string{"refunds"}},
		{client.MonitorFilter{Health: "violating"}, []string{"orders"}},
		{client.MonitorFilter{Health: "ok"}, []string{"payments"}},
		{client.MonitorFilter{Health: "disabled"}, []string{"refunds"}},
		{client.MonitorFilter{Health: "unknown"}, nil},
		{client.MonitorFilter{Labels: map[string]string{"team": "shop"}}, []string{"orders", "payments"}},
		{client.MonitorFilter{Labels: map[string]string{"team": "shop", "tier": "1"}}, []string{"orders"}},
		{client.MonitorFilter{Labels: map[string]string{"team": "other"}}, nil},
	} {
		var names []string
		for found, err := range client.All(t.Context(), client.Paging{Limit: 1}, func(ctx context.Context, p client.Paging) (client.Page[client.Monitor], error) {
			return w.client.Monitors(ctx, test.filter, p)
		}) {
			require.NoError(t, err)
			names = append(names, found.Name)
		}
		require.Equal(t, test.want, names, "%+v", test.filter)
	}

	_, err = w.client.Monitors(t.Context(), client.MonitorFilter{Health: "well"}, client.Paging{})
	w.code(monitor.CodeInvalid, "query.health", err)
	require.Equal(t, 422, w.send("GET", "/api/v1/monitors?label=team", "").status)
}

func TestMonitors_R64_EnableAndDisable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")

	disabled, err := w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err)
	require.False(t, disabled.Enabled)
	require.Equal(t, "disabled", disabled.Health)
	_, err = w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err, "it is as it was asked to be")

	enabled, err := w.client.Enable(t.Context(), "orders", "")
	require.NoError(t, err)
	require.True(t, enabled.Enabled)

	events, err := w.client.Events(t.Context(), client.EventFilter{Name: "monitor_enabled_changed"}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, events.Items, 2)
	require.Equal(t, "local", *events.Items[0].Actor)
	require.Nil(t, events.Items[0].ExecutionID)

	_, err = w.client.Enable(t.Context(), "gone", "")
	w.code(monitor.CodeNotFound, "gone", err)
}

func TestMonitors_R65_Refresh(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders", func(d *monitor.Declaration) { d.HasUpdate = false }))

	accepted := w.send("POST", "/api/v1/monitors/orders/refresh", "")
	require.Equal(t, 202, accepted.status, accepted.body)
	taken := w.take("orders")
	require.Equal(t, monitor.TaskSearch, taken.Execution.Tasks, "without tasks: all it has")

	_, err := w.client.Refresh(t.Context(), "orders")
	w.code(monitor.CodeConflict, "queued or running", err)
	_, err = w.client.Refresh(t.Context(), "orders", "update")
	w.code(monitor.CodeInvalid, "has no update", err)
	_, err = w.client.Refresh(t.Context(), "orders", "sing")
	w.code(monitor.CodeInvalid, "tasks", err)
	_, err = w.client.Refresh(t.Context(), "gone")
	w.code(monitor.CodeNotFound, "gone", err)

	_, err = w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err)
	_, err = w.client.Refresh(t.Context(), "orders", "search")
	w.code(monitor.CodeConflict, "disabled", err)
}

func TestMonitors_NothingIsDueWhileDisabled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"))
	before, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.NotNil(t, before.NextSearchAt)
	disabled, err := w.client.Disable(t.Context(), "orders", "")
	require.NoError(t, err)
	require.Nil(t, disabled.NextSearchAt)
	require.Nil(t, disabled.NextUpdateAt)
	enabled, err := w.client.Enable(t.Context(), "orders", "")
	require.NoError(t, err)
	require.NotNil(t, enabled.NextSearchAt)
}
