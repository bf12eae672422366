package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var claims = map[string]func(*fixture){
	"Claim_R70_ANewMonitorIsDueAtOnce":             claimNew,
	"Claim_R71_MissedTimesCoalesce":                claimCoalesces,
	"Claim_R72_BusyMonitorsAreNotClaimed":          claimNotBusy,
	"Claim_R73_AdvancesOnlyTheDueTasks":            claimAdvances,
	"Claim_R73_StopsAtItsLimitLongestDueFirst":     claimLimit,
	"Claim_R73_TaskWithoutCronRunsOnceWhenAsked":   claimWithoutCron,
	"Claim_R75_AFailedRunIsDueAtItsNextTime":       claimAfterFailure,
	"Claim_R70_TimesAreMeantInTheZone":             claimZone,
	"Reschedule_R76_RecomputesForAnotherZone":      reschedule,
	"Reschedule_R76_LeavesAloneWhatIsDueAlready":   rescheduleDue,
	"Claim_R64_DisabledMonitorsAreNotClaimed":      claimDisabled,
	"Claim_R73_ClaimsManyMonitorsInOneTransaction": claimMany,
}

func claimNew(f *fixture) {
	f.register("orders")
	require.Len(f, f.claim(), 1)
	taken := f.take()
	require.Equal(f, monitor.TaskSearch|monitor.TaskUpdate, taken.Execution.Tasks)
	require.Empty(f, f.claim())
}

func claimCoalesces(f *fixture) {
	f.register("orders")
	f.run("orders")
	f.pass(100 * time.Hour)
	require.Len(f, f.claim(), 1)
	taken := f.take()
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	require.Empty(f, f.claim())
	require.Equal(f, f.now.Truncate(time.Hour).Add(time.Hour), f.view("orders").Monitor.Schedule.NextSearchAt)
}

func claimNotBusy(f *fixture) {
	f.register("orders")
	f.claim()
	f.pass(2 * time.Hour)
	require.Empty(f, f.claim(), "it is queued")
	taken := f.take()
	f.pass(2 * time.Hour)
	require.Empty(f, f.claim(), "it is running")
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	require.Len(f, f.claim(), 1)
}

func claimAdvances(f *fixture) {
	f.register("orders")
	f.run("orders")
	// Searches on the hour, updates at half past.
	f.pass(31 * time.Minute)
	f.claim()
	taken := f.take()
	require.Equal(f, monitor.TaskUpdate, taken.Execution.Tasks)
	schedule := f.load(taken.Fence).Monitor.Schedule
	require.Equal(f, time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC), schedule.NextSearchAt)
	require.Equal(f, time.Date(2026, 11, 23, 13, 30, 0, 0, time.UTC), schedule.NextUpdateAt)
	require.True(f, schedule.Busy)
}

func claimLimit(f *fixture) {
	for i := range 5 {
		f.pass(time.Second)
		f.register(fmt.Sprintf("m%d", 4-i))
	}
	var names []string
	for _, want := range []int{2, 2, 1, 0} {
		ids, err := f.store.ClaimDue(f.Context(), f.now, time.UTC, 2)
		require.NoError(f, err)
		require.Len(f, ids, want)
		for _, id := range ids {
			names = append(names, f.execution(id).MonitorName)
		}
	}
	require.Equal(f, []string{"m4", "m3", "m2", "m1", "m0"}, names)
}

func claimWithoutCron(f *fixture) {
	f.register("orders", func(r *store.Registration) { r.Declaration.Options.SearchCron = "" })
	f.claim()
	taken := f.take()
	require.Equal(f, monitor.TaskUpdate, taken.Execution.Tasks)
	_, err := f.commit(taken.Fence, f.load(taken.Fence))
	require.NoError(f, err)
	f.refresh("orders", monitor.TaskSearch)
	f.claim()
	taken = f.take()
	require.Equal(f, monitor.TaskSearch, taken.Execution.Tasks)
	require.Zero(f, f.load(taken.Fence).Monitor.Schedule.NextSearchAt)
}

func claimAfterFailure(f *fixture) {
	f.register("orders")
	taken := f.taken("orders")
	require.NoError(f, f.store.Fail(f.Context(), taken.Fence, monitor.Report{Error: "no"}, f.now))
	f.pass(time.Minute)
	require.Empty(f, f.claim())
	f.pass(30 * time.Minute)
	require.Len(f, f.claim(), 1)
}

func claimZone(f *fixture) {
	zone, err := time.LoadLocation("Asia/Kolkata")
	require.NoError(f, err)
	f.register("orders", func(r *store.Registration) {
		r.Zone, r.Declaration.Options.SearchCron, r.Declaration.Options.UpdateCron = zone, "0 9 * * *", ""
	})
	ids, err := f.store.ClaimDue(f.Context(), f.now, zone, 10)
	require.NoError(f, err)
	require.Len(f, ids, 1)
	next := f.view("orders").Monitor.Schedule.NextSearchAt
	require.Equal(f, time.Date(2026, 11, 24, 3, 30, 0, 0, time.UTC), next)
	require.Equal(f, time.UTC, next.Location())
}

func reschedule(f *fixture) {
	f.register("orders", func(r *store.Registration) { r.Declaration.Options.SearchCron = "0 9 * * *" })
	f.register("payments")
	f.run("orders")
	require.Equal(f, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), f.view("orders").Monitor.Schedule.NextSearchAt)
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(f, err)
	n, err := f.store.Reschedule(f.Context(), f.now, zone)
	require.NoError(f, err)
	require.Equal(f, 2, n)
	require.Equal(f, time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC), f.view("orders").Monitor.Schedule.NextSearchAt)
	n, err = f.store.Reschedule(f.Context(), f.now, zone)
	require.NoError(f, err)
	require.Zero(f, n)
}

func rescheduleDue(f *fixture) {
	f.register("orders")
	zone, err := time.LoadLocation("Asia/Kolkata")
	require.NoError(f, err)
	_, err = f.store.Reschedule(f.Context(), f.now, zone)
	require.NoError(f, err)
	require.Len(f, f.claim(), 1)
}

func claimDisabled(f *fixture) {
	f.register("orders")
	enable(f, "orders", false)
	require.Empty(f, f.claim())
	f.pass(50 * time.Hour)
	require.Empty(f, f.claim())
	enable(f, "orders", true)
	require.Len(f, f.claim(), 1, "once, for all the times missed")
}

func claimMany(f *fixture) {
	const n = 250
	for i := range n {
		f.register(fmt.Sprintf("m%03d", i))
	}
	ids, err := f.store.ClaimDue(f.Context(), f.now, time.UTC, 1000)
	require.NoError(f, err)
	require.Len(f, ids, n)
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, n, status.QueuedExecutions)
	require.Equal(f, f.now, status.OldestQueuedAt)
}
