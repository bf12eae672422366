package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var losses = map[string]func(*fixture){
	"EndLost_R74_EndsWhatAnExpiredExecutorRan":      lostExpired,
	"EndLost_R74_EndsWhatAnUnknownExecutorRan":      lostUnknown,
	"EndLost_R74_LeavesItsOwnAndTheLivingAlone":     lostLeavesLiving,
	"EndLost_R74_WaitsLongerEachTimeInARow":         lostBackoff,
	"EndLost_R74_AnyEndedExecutionResetsTheWaiting": lostReset,
	"EndLost_R74_ADisabledMonitorStaysSo":           lostDisabled,
	"HandBack_R74_DoesNotCountAsLost":               handBackDoesNotCount,
	"EndLost_R79_TheAnswerIsUnknownThen":            lostHealth,
}

// lose takes the named monitor's execution and loses it with its executor.
func (f *fixture) lose(name string) store.Lost {
	f.Helper()
	executor := "executor-doomed"
	require.NoError(f, f.store.RegisterExecutor(f.Context(), executor, f.now, f.now.Add(15*time.Second)))
	taken, err := f.store.Take(f.Context(), executor, 0, f.now)
	require.NoError(f, err)
	require.Equal(f, name, taken.MonitorName)
	f.pass(15 * time.Second)
	lost, err := f.store.EndLost(f.Context(), f.now, me)
	require.NoError(f, err)
	require.Len(f, lost, 1)
	require.Equal(f, taken.Execution.ID, lost[0].ExecutionID)
	return lost[0]
}

func lostExpired(f *fixture) {
	f.register("orders")
	f.claim()
	lost := f.lose("orders")
	require.Equal(f, "orders", lost.Monitor)
	require.Equal(f, "executor-doomed", lost.ExecutorID)
	require.Equal(f, f.now, lost.DueAt)
	view := f.execution(lost.ExecutionID)
	require.Equal(f, monitor.ExecutionLost, view.Status)
	require.Equal(f, f.now, view.FinishedAt)
	require.Contains(f, view.Report.Error, "executor-doomed")
	require.Len(f, f.claim(), 1)
	require.Equal(f, monitor.TaskSearch|monitor.TaskUpdate, f.take().Execution.Tasks)
	f.code(monitor.CodeFenced, f.store.RenewExecutor(f.Context(), "executor-doomed", f.now, f.now.Add(time.Hour)))
}

func lostUnknown(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	require.NoError(f, f.store.RemoveExecutor(f.Context(), me))
	lost, err := f.store.EndLost(f.Context(), f.now, other)
	require.NoError(f, err)
	require.Len(f, lost, 1)
	require.Equal(f, taken.Execution.ID, lost[0].ExecutionID)
	again, err := f.store.EndLost(f.Context(), f.now, other)
	require.NoError(f, err)
	require.Empty(f, again)
}

func lostLeavesLiving(f *fixture) {
	f.register("a")
	f.register("b")
	f.claim()
	f.take()
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(time.Minute)))
	taken, err := f.store.Take(f.Context(), other, 0, f.now)
	require.NoError(f, err)
	lost, err := f.store.EndLost(f.Context(), f.now.Add(59*time.Second), "")
	require.NoError(f, err)
	require.Empty(f, lost)
	// Its own lease has run out, but it is not for itself to say so.
	lost, err = f.store.EndLost(f.Context(), f.now.Add(time.Hour), other)
	require.NoError(f, err)
	require.Empty(f, lost)
	require.Equal(f, monitor.ExecutionRunning, f.execution(taken.Execution.ID).Status)
}

func lostBackoff(f *fixture) {
	f.register("orders")
	f.claim()
	for _, minutes := range []int{0, 1, 2, 4, 8, 16, 32, 60, 60} {
		lost := f.lose("orders")
		wait := time.Duration(minutes) * time.Minute
		require.Equal(f, f.now.Add(wait), lost.DueAt)
		if wait > 0 {
			f.pass(wait - time.Microsecond)
			require.Empty(f, f.claim(), "it waits %s", wait)
			f.pass(time.Microsecond)
		}
		require.Len(f, f.claim(), 1)
	}
}

func lostReset(f *fixture) {
	f.register("orders")
	f.claim()
	f.lose("orders")
	f.claim()
	f.lose("orders")
	f.pass(time.Minute)
	f.claim()
	taken := f.take()
	require.NoError(f, f.store.Fail(f.Context(), taken.Fence, monitor.Report{Error: "no"}, f.now))
	f.refresh("orders", monitor.TaskSearch)
	f.claim()
	require.Equal(f, f.lose("orders").DueAt, f.now)
}

func lostDisabled(f *fixture) {
	f.register("orders")
	f.claim()
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	_, err := f.store.Take(f.Context(), other, 0, f.now)
	require.NoError(f, err)
	enable(f, "orders", false)
	f.pass(time.Minute)
	lost, err := f.store.EndLost(f.Context(), f.now, me)
	require.NoError(f, err)
	require.Len(f, lost, 1)
	require.Empty(f, f.claim())
	enable(f, "orders", true)
	require.Len(f, f.claim(), 1)
}

func handBackDoesNotCount(f *fixture) {
	f.register("orders")
	f.claim()
	for range 3 {
		taken := f.take()
		require.NoError(f, f.store.HandBack(f.Context(), []monitor.Fence{taken.Fence}))
	}
	require.Equal(f, f.lose("orders").DueAt, f.now)
}

func lostHealth(f *fixture) {
	f.register("orders")
	f.run("orders")
	require.Equal(f, monitor.HealthOK, f.view("orders").Health)
	f.refresh("orders", monitor.TaskSearch)
	f.claim()
	lost := f.lose("orders")
	view := f.view("orders")
	require.Equal(f, monitor.HealthUnknown, view.Health)
	require.Equal(f, lost.ExecutionID, view.LastExecution.ID)
	require.Equal(f, monitor.ExecutionLost, view.LastExecution.Status)
}
