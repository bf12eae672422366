package storetest

import (
	"fmt"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var cleaning = map[string]func(*fixture){
	"CleanEvents_RemovesOldOnesUpToTheLimit":            cleanEvents,
	"CleanEvents_R80_KeepsEventsWithAnOpenDelivery":     cleanEventsOpen,
	"CleanEvents_R80_RemovesUnkeptOnesWhenDelivered":    cleanEventsUnkept,
	"CleanExecutions_KeepsTheLastAndTheUnfinished":      cleanExecutions,
	"CleanExecutions_R80_KeepsModelIDsOfClosedIssues":   cleanKeepsModelIDs,
	"CleanEvents_R80_RemovesDeadDeliveriesWithTheEvent": cleanEventsDead,
}

func (f *fixture) events() []monitor.EventRecord {
	f.Helper()
	events, err := f.store.Events(f.Context(), store.EventFilter{}, store.Page{Limit: 1000})
	require.NoError(f, err)
	return events
}

func (f *fixture) cleanEvents(before time.Time, limit int) int {
	f.Helper()
	n, err := f.store.CleanEvents(f.Context(), before, limit)
	require.NoError(f, err)
	return n
}

func cleanEvents(f *fixture) {
	f.register("orders")
	f.run("orders", unlinked("a", "b", "c"))
	f.pass(time.Hour)
	f.run("orders", solving)
	require.Zero(f, f.cleanEvents(f.now.Add(-time.Hour), 10))
	require.Equal(f, 2, f.cleanEvents(f.now, 2))
	require.Equal(f, 1, f.cleanEvents(f.now, 2))
	require.Zero(f, f.cleanEvents(f.now, 2))
	require.Len(f, f.events(), 3)
}

func cleanEventsOpen(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	f.pass(time.Hour)
	f.run("orders", unlinked("newest"))
	require.Zero(f, f.cleanEvents(f.now, 10))
	d := f.takeDeliveries(me, 10)
	require.Zero(f, f.cleanEvents(f.now, 10), "it is being delivered")
	f.settle(d[0])
	require.Equal(f, 1, f.cleanEvents(f.now, 10))
}

func cleanEventsUnkept(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a", "b"), func(p *planning) { p.Events[0].Keep = false })
	require.Len(f, f.events(), 1)
	long := f.now.Add(-1000 * time.Hour)
	require.Zero(f, f.cleanEvents(long, 10))
	for _, d := range f.takeDeliveries(me, 10) {
		f.settle(d)
	}
	require.Equal(f, 1, f.cleanEvents(long, 10))
	require.Len(f, f.events(), 1)
}

func cleanEventsDead(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	f.run("orders", unlinked("newest"))
	d := f.takeDeliveries(me, 10)
	require.NoError(f, f.store.SettleDelivery(f.Context(), d[0].ID, me, "it broke", time.Time{}, f.now))
	require.Equal(f, 1, f.cleanEvents(f.now.Add(time.Hour), 10), "the newest of all stays, so that its id never comes again")
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Zero(f, status.DeadDeliveries)
}

func cleanExecutions(f *fixture) {
	f.register("orders")
	var ids []int64
	for range 3 {
		taken := f.taken("orders")
		ids = append(ids, taken.Execution.ID)
		_, err := f.commit(taken.Fence, f.load(taken.Fence))
		require.NoError(f, err)
		f.pass(time.Minute)
	}
	f.refresh("orders", monitor.TaskSearch)
	queued := f.claim()[0]
	clean := func(before time.Time, limit int) int {
		n, err := f.store.CleanExecutions(f.Context(), before, limit)
		require.NoError(f, err)
		return n
	}
	require.Equal(f, 1, clean(f.now.Add(-2*time.Minute-30*time.Second), 10))
	require.Equal(f, 1, clean(f.now.Add(time.Hour), 1))
	require.Zero(f, clean(f.now.Add(time.Hour), 10))
	require.Equal(f, monitor.ExecutionSucceeded, f.execution(ids[2]).Status)
	require.Equal(f, monitor.ExecutionQueued, f.execution(queued).Status)
	_, err := f.store.Execution(f.Context(), ids[0])
	f.code(monitor.CodeNotFound, err)
}

func cleanKeepsModelIDs(f *fixture) {
	f.register("orders")
	for i := range 3 {
		f.run("orders", unlinked(fmt.Sprintf("m%d", i)))
		f.run("orders", solving)
	}
	long := f.now.Add(10000 * time.Hour)
	f.cleanEvents(long, 1000)
	_, err := f.store.CleanExecutions(f.Context(), long, 1000)
	require.NoError(f, err)
	taken := f.taken("orders")
	_, err = f.store.Commit(f.Context(), taken.Fence, f.load(taken.Fence), []string{"m0", "m1", "m2"}, f.now, func(s monitor.Snapshot) monitor.Plan {
		require.Len(f, s.Closed, 3)
		return f.decide()(s)
	})
	require.NoError(f, err)
}
