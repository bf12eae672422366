package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// What code and services say may have U+0000 or bytes that are no UTF-8 in it; and
// what it becomes.
const (
	odd      = "a\x00b\xffc \\u0000 \"\\\x00"
	replaced = "a\uFFFDb\uFFFDc \\u0000 \"\\\uFFFD"
)

// A run that says such things keeps nobody from looking at its monitor, or at others.
func textsOfRuns(f *fixture) {
	labels := map[string]string{"team": odd}
	f.register("orders", telling, func(r *store.Registration) {
		r.Declaration.Summary, r.Declaration.Options.Labels = odd, labels
	})
	f.run("orders", creating("a"), notify)
	taken := f.taken("orders")
	report := monitor.Report{
		Error:    odd,
		Routines: []monitor.Routine{{Name: monitor.RoutineSearch, Error: &monitor.Failure{Kind: monitor.FailureFail, Message: odd, Traceback: odd}}},
		Log:      []monitor.LogEntry{{At: f.now, Level: monitor.LogInfo, Message: odd}},
	}
	require.NoError(f, f.store.Fail(f.Context(), taken.Fence, report, f.now))

	view := f.view("orders")
	require.Equal(f, replaced, view.LastExecution.Report.Error)
	require.Equal(f, replaced, view.Declaration.Summary)
	execution := f.execution(taken.Execution.ID)
	require.Equal(f, replaced, execution.Report.Routines[0].Error.Traceback)
	require.Equal(f, replaced, execution.Report.Log[0].Message)
	found, err := f.store.Monitors(f.Context(), store.MonitorFilter{Labels: map[string]string{"team": replaced}}, store.Page{Limit: 10})
	require.NoError(f, err)
	require.Len(f, found, 1)
	marked, err := f.store.MarkAlerts(f.Context(), "", f.now)
	require.NoError(f, err)
	require.Equal(f, 1, marked)
}

func textsOfDeliveries(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	for _, retryAt := range []time.Time{f.now, {}} {
		d := f.takeDeliveries(me, 10)
		require.Len(f, d, 1)
		require.NoError(f, f.store.SettleDelivery(f.Context(), d[0].ID, me, odd, retryAt, f.now))
		require.Equal(f, replaced, f.deliveries(store.DeliveryFilter{}, store.Page{Limit: 1})[0].Failure)
	}
}

func textsOfNotices(f *fixture) {
	f.register("orders", telling)
	f.run("orders", creating("a"), notify)
	f.route("slack:C1")
	taken := f.takeTarget(me)
	n := taken.Notices[0]
	n.Status, n.Nonce, n.Ref, n.Error = monitor.NoticeShown, "nonce", odd, odd
	require.NoError(f, f.store.SaveNotice(f.Context(), me, n, f.now, monitor.Event{}, f.now))
	taken.Error = odd
	f.release(taken)
	again := f.takeTarget(me)
	require.Equal(f, replaced, again.Error)
	require.Equal(f, replaced, again.Notices[0].Error)
	require.Equal(f, replaced, again.Notices[0].Ref)
}
