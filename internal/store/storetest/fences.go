package storetest

import (
	"context"
	"errors"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var fences = map[string]func(*fixture){
	"Commit_R04_RequiresTheToken":                    commitRequiresToken,
	"Commit_R04_RefusesAnExecutionThatWasLost":       commitRefusesLost,
	"Commit_R04_TwiceIsRefusedAndEndedSaysWhy":       commitTwice,
	"Commit_R04_LeavesNothingWhenItIsCutShort":       commitCutShort,
	"Commit_R04_PanicInDecideLeavesNothing":          commitPanics,
	"Fail_R04_EndsTheExecutionAndNothingElse":        failEnds,
	"Fail_R04_RequiresTheToken":                      failRequiresToken,
	"Commit_R04_RefusesAPlanThatDoesNotEndExecution": commitRequiresEnd,
}

func commitRequiresToken(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	for _, change := range []func(*monitor.Fence){
		func(fence *monitor.Fence) { fence.Token = "another" },
		func(fence *monitor.Fence) { fence.ExecutorID = other },
		func(fence *monitor.Fence) { fence.ExecutionID++ },
		func(fence *monitor.Fence) { fence.MonitorID++ },
	} {
		fence := taken.Fence
		change(&fence)
		_, err := f.store.Commit(f.Context(), fence, loaded, nil, f.now, func(monitor.Snapshot) monitor.Plan {
			f.Error("nothing is decided without the fence")
			return monitor.Plan{}
		})
		f.code(monitor.CodeFenced, err)
	}
}

func commitRefusesLost(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	require.NoError(f, f.store.RemoveExecutor(f.Context(), me))
	_, err := f.store.EndLost(f.Context(), f.now, other)
	require.NoError(f, err)
	_, err = f.commit(taken.Fence, loaded, creating("a"))
	f.code(monitor.CodeFenced, err)
	require.Empty(f, f.active("orders").Issues)
	ended, err := f.store.Ended(f.Context(), taken.Fence)
	require.NoError(f, err)
	require.False(f, ended, "it ended, but not by its executor")
}

func commitTwice(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	ended, err := f.store.Ended(f.Context(), taken.Fence)
	require.NoError(f, err)
	require.False(f, ended)
	_, err = f.commit(taken.Fence, loaded, creating("a"))
	require.NoError(f, err)
	_, err = f.commit(taken.Fence, loaded, creating("a"))
	f.code(monitor.CodeFenced, err)
	ended, err = f.store.Ended(f.Context(), taken.Fence)
	require.NoError(f, err)
	require.True(f, ended)
	require.Len(f, f.active("orders").Issues, 1)
	f.check(wholeHistory())
}

func commitCutShort(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	ctx, cancel := context.WithCancelCause(f.Context())
	why := errors.New("the process has to go")
	_, err := f.store.Commit(ctx, taken.Fence, loaded, nil, f.now, func(s monitor.Snapshot) monitor.Plan {
		cancel(why)
		return f.decide(creating("a", "b"))(s)
	})
	require.ErrorIs(f, err, context.Canceled)
	require.Empty(f, f.active("orders").Issues)
	_, err = f.commit(taken.Fence, loaded, creating("a", "b"))
	require.NoError(f, err, "the same outcome, tried again")
	f.check(wholeHistory())
}

func commitPanics(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	loaded := f.load(taken.Fence)
	require.Panics(f, func() {
		_, err := f.store.Commit(f.Context(), taken.Fence, loaded, nil, f.now, func(monitor.Snapshot) monitor.Plan { panic("a bug") })
		f.Errorf("it returned: %v", err)
	})
	_, err := f.commit(taken.Fence, loaded, creating("a"))
	require.NoError(f, err, "nothing is locked any more")
}

func failEnds(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	proven := f.view("orders").LastProvenAt
	taken := f.taken("orders")
	f.pass(time.Minute)
	report := monitor.Report{
		Error:    "the store refused",
		Routines: []monitor.Routine{{Name: monitor.RoutineSearch, Seconds: 1.5, Returned: 3}},
		Log:      []monitor.LogEntry{{At: f.now, Level: monitor.LogWarning, Message: "hm", Fields: `{"n":1}`}},
	}
	require.NoError(f, f.store.Fail(f.Context(), taken.Fence, report, f.now))
	failed := f.execution(taken.Execution.ID)
	require.Equal(f, monitor.ExecutionFailed, failed.Status)
	require.Equal(f, report, failed.Report)
	require.Equal(f, f.now, failed.FinishedAt)
	require.Len(f, f.active("orders").Issues, 1)
	view := f.view("orders")
	require.Equal(f, proven, view.LastProvenAt)
	require.Equal(f, monitor.HealthUnknown, view.Health)
	require.False(f, view.Monitor.Schedule.Busy)
	list, err := f.store.Executions(f.Context(), store.ExecutionFilter{Status: monitor.ExecutionFailed}, store.Page{Limit: 5})
	require.NoError(f, err)
	require.Len(f, list, 1)
	require.Empty(f, list[0].Report.Log, "lists have no logs")
	require.Equal(f, report.Routines, list[0].Report.Routines)
}

func failRequiresToken(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	fence := taken.Fence
	fence.Token = "another"
	f.code(monitor.CodeFenced, f.store.Fail(f.Context(), fence, monitor.Report{}, f.now))
	require.Equal(f, monitor.ExecutionRunning, f.execution(taken.Execution.ID).Status)
}

func commitRequiresEnd(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	_, err := f.commit(taken.Fence, f.load(taken.Fence), func(p *planning) { p.Execution = nil })
	f.code(monitor.CodeInternal, err)
}
