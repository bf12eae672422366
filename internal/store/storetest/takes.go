package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var takes = map[string]func(*fixture){
	"Take_R04_SaysWhatToRun":                        takeSaysWhatToRun,
	"Take_R04_RequiresALease":                       takeRequiresLease,
	"Take_R73_PrefersTheHintAndElseTheOldest":       takePrefersHint,
	"Take_R73_NothingQueuedIsNothing":               takeNothing,
	"Take_R64_CancelsWhatWasDisabledMeanwhile":      takeCancelsDisabled,
	"HandBack_R74_MakesExecutionsQueuedAgain":       handBackRequeues,
	"HandBack_R74_PassesOverWhatIsNoLongerTheirs":   handBackPassesOver,
	"Renew_R04_ExtendsALeaseThatIsGood":             renewExtends,
	"Renew_R04_RefusesALeaseThatHasExpired":         renewRefuses,
	"Take_R67_RunsTheVersionThatIsCurrentWhenTaken": takeCurrentVersion,
}

func takeSaysWhatToRun(f *fixture) {
	version := f.register("orders")
	ids := f.claim()
	f.pass(time.Second)
	taken, err := f.store.Take(f.Context(), me, ids[0], f.now)
	require.NoError(f, err)
	require.Equal(f, "orders", taken.MonitorName)
	require.Equal(f, version.ID, taken.VersionID)
	require.Equal(f, monitor.Execution{
		ID: ids[0], MonitorID: version.MonitorID, VersionID: version.ID, Tasks: monitor.TaskSearch | monitor.TaskUpdate,
		Status: monitor.ExecutionRunning, QueuedAt: f.now.Add(-time.Second), StartedAt: f.now,
	}, taken.Execution)
	require.Equal(f, taken.Execution, f.execution(ids[0]).Execution)
	require.Equal(f, version.MonitorID, taken.Fence.MonitorID)
	require.Equal(f, me, taken.Fence.ExecutorID)
	require.NotEmpty(f, taken.Fence.Token)
}

func takeRequiresLease(f *fixture) {
	f.register("orders")
	f.claim()
	for _, executor := range []string{"unknown", other} {
		_, err := f.store.Take(f.Context(), executor, 0, f.now)
		f.code(monitor.CodeFenced, err)
		require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now.Add(-time.Hour), f.now))
	}
	require.NotNil(f, f.take())
}

func takePrefersHint(f *fixture) {
	f.register("a")
	f.register("b")
	f.register("c")
	ids := f.claim()
	require.Len(f, ids, 3)
	hinted, err := f.store.Take(f.Context(), me, ids[2], f.now)
	require.NoError(f, err)
	require.Equal(f, ids[2], hinted.Execution.ID)
	again, err := f.store.Take(f.Context(), me, ids[2], f.now)
	require.NoError(f, err)
	require.Equal(f, ids[0], again.Execution.ID, "the hint is gone")
	require.Equal(f, ids[1], f.take().Execution.ID)
}

func takeNothing(f *fixture) {
	for _, hint := range []int64{0, 12345} {
		taken, err := f.store.Take(f.Context(), me, hint, f.now)
		require.NoError(f, err)
		require.Nil(f, taken)
	}
}

func takeCancelsDisabled(f *fixture) {
	f.register("orders")
	f.register("payments")
	taken := f.taken("orders")
	enable(f, "orders", false)
	require.NoError(f, f.store.HandBack(f.Context(), []monitor.Fence{taken.Fence}))
	next := f.take()
	require.Equal(f, "payments", next.MonitorName)
	cancelled := f.execution(taken.Execution.ID)
	require.Equal(f, monitor.ExecutionCancelled, cancelled.Status)
	require.Equal(f, f.now, cancelled.FinishedAt)
	require.False(f, f.view("orders").Monitor.Schedule.Busy)
}

func enable(f *fixture, name string, enabled bool) {
	f.Helper()
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: name}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		s.Monitor.Enabled = enabled
		return monitor.Plan{Actor: "ada", Monitor: &monitor.MonitorChange{Enabled: &enabled}, Events: []monitor.Event{
			{Name: monitor.MonitorEnabledChanged, Monitor: &s.Monitor, Extra: monitor.Extra{Actor: "ada"}, Keep: true},
		}}, nil
	})
	require.NoError(f, err)
}

func handBackRequeues(f *fixture) {
	f.register("a")
	f.register("b")
	f.claim()
	first, second := f.take(), f.take()
	require.NoError(f, f.store.HandBack(f.Context(), []monitor.Fence{first.Fence, second.Fence}))
	for _, taken := range []*store.Taken{first, second} {
		queued := f.execution(taken.Execution.ID)
		require.Equal(f, monitor.ExecutionQueued, queued.Status)
		require.Zero(f, queued.StartedAt)
		require.Zero(f, queued.VersionID)
		require.Equal(f, taken.Execution.QueuedAt, queued.QueuedAt)
	}
	again := f.take()
	require.Equal(f, first.Execution.ID, again.Execution.ID)
	require.NotEqual(f, first.Fence.Token, again.Fence.Token)
	_, err := f.commit(first.Fence, f.load(first.Fence))
	f.code(monitor.CodeFenced, err)
}

func handBackPassesOver(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	require.NoError(f, f.store.HandBack(f.Context(), []monitor.Fence{taken.Fence}))
	require.Equal(f, monitor.ExecutionSucceeded, f.execution(taken.Execution.ID).Status)
	require.NoError(f, f.store.HandBack(f.Context(), nil))
}

func renewExtends(f *fixture) {
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	f.pass(10 * time.Second)
	require.NoError(f, f.store.RenewExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	f.pass(10 * time.Second)
	_, err := f.store.Take(f.Context(), other, 0, f.now)
	require.NoError(f, err)
}

func renewRefuses(f *fixture) {
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	f.pass(15 * time.Second)
	f.code(monitor.CodeFenced, f.store.RenewExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	f.code(monitor.CodeFenced, f.store.RenewExecutor(f.Context(), "unknown", f.now, f.now.Add(15*time.Second)))
	require.NoError(f, f.store.RemoveExecutor(f.Context(), other))
	require.NoError(f, f.store.RemoveExecutor(f.Context(), other), "removing twice is no error")
}

func takeCurrentVersion(f *fixture) {
	f.register("orders")
	f.claim()
	second := f.register("orders", content("changed"))
	require.Equal(f, second.ID, f.take().VersionID)
}

// content changes what a registration registers.
func content(code string) func(*store.Registration) {
	return func(r *store.Registration) { r.Files = monitor.Files{monitor.CodeFile: code} }
}
