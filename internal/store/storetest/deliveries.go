package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var deliveries = map[string]func(*fixture){
	"Deliveries_R80_OnlyForEventsThatAreReactedTo":    deliveriesOnlyReacted,
	"Deliveries_R81_InOrderForEachAlertAndIssue":      deliveriesInOrder,
	"Deliveries_R81_OneMonitorAtATime":                deliveriesOfOneMonitor,
	"Deliveries_R81_RetriedLaterAndThenDead":          deliveriesRetried,
	"Deliveries_R81_ADeadOneLetsTheNextPass":          deliveriesDead,
	"Deliveries_R81_FreedWhenTheExecutorIsGone":       deliveriesFreed,
	"Deliveries_R81_SettledOnlyByTheirTaker":          deliveriesFenced,
	"Deliveries_R04_RequireALease":                    deliveriesRequireLease,
	"Deliveries_R81_SayWhatHappenedAndWhatCodeReacts": deliveriesSay,
	"Deliveries_R81_AtMostTheLimitOldestFirst":        deliveriesLimit,
	"Deliveries_R81_DeadOnesAreListedAndRedelivered":  deliveriesRedelivered,
	"Deliveries_R81_RedeliveredOnesKeepTheirPlace":    deliveriesRedeliveredInOrder,
	"Deliveries_RedeliveringWhatIsNotDead":            deliveriesNotDead,
	"Deliveries_R08_TakeWhateverTextAFailureHas":      textsOfDeliveries,
}

func (f *fixture) takeDeliveries(executor string, limit int, except ...int64) []monitor.Delivery {
	f.Helper()
	taken, err := f.store.TakeDeliveries(f.Context(), executor, except, limit, f.now)
	require.NoError(f, err)
	return taken
}

func (f *fixture) settle(d monitor.Delivery) {
	f.Helper()
	require.NoError(f, f.store.SettleDelivery(f.Context(), d.ID, me, "", time.Time{}, f.now))
}

func names(taken []monitor.Delivery) []string {
	var names []string
	for _, d := range taken {
		names = append(names, string(d.Event.Name))
	}
	return names
}

func deliveriesOnlyReacted(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a"))
	require.Empty(f, f.takeDeliveries(me, 10))
	f.run("orders", updating(`{"id":"a"}`), reacting, solving)
	require.Equal(f, []string{"issue_solved", "alert_solved"}, names(f.takeDeliveries(me, 10)))
}

func deliveriesInOrder(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, creating("a", "b"))
	first := f.takeDeliveries(me, 10)
	require.Equal(f, []string{"issue_created", "issue_created", "alert_created"}, names(first), "one for each alert and issue")
	require.Empty(f, f.takeDeliveries(me, 10), "the earlier ones are open")
	f.settle(first[0])
	second := f.takeDeliveries(me, 10)
	require.Equal(f, []string{"issue_linked"}, names(second))
	require.Equal(f, first[0].Event.SourceID, second[0].Event.SourceID)
	for _, d := range append(first[1:], second...) {
		f.settle(d)
	}
	require.Equal(f, []string{"issue_linked", "alert_issues_linked"}, names(f.takeDeliveries(me, 10)))
}

func deliveriesOfOneMonitor(f *fixture) {
	f.register("orders")
	f.register("payments")
	// Due at once as they are new, orders goes first.
	orders := f.runNext(reacting, creating("a"))
	f.pass(time.Second)
	payments := f.runNext(reacting, creating("b"))
	f.pass(time.Second)
	for _, d := range f.takeDeliveries(me, 10) {
		require.Equal(f, orders, d.Event.MonitorID)
	}
	for _, d := range f.takeDeliveries(me, 1, orders) {
		require.Equal(f, payments, d.Event.MonitorID)
	}
	require.Empty(f, f.takeDeliveries(me, 10, orders, payments))
	require.Len(f, f.takeDeliveries(me, 10, orders), 1)
}

// runNext runs whatever is queued or due next and says of which monitor it was.
func (f *fixture) runNext(changes ...func(*planning)) int64 {
	f.Helper()
	f.claim()
	taken := f.take()
	_, err := f.commit(taken.Fence, f.load(taken.Fence), changes...)
	require.NoError(f, err)
	return taken.Fence.MonitorID
}

func deliveriesRetried(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	for failed := range 3 {
		d := f.takeDeliveries(me, 10)
		require.Len(f, d, 1)
		require.Equal(f, failed, d[0].Attempts)
		require.Equal(f, f.now, d[0].DueAt)
		require.NoError(f, f.store.SettleDelivery(f.Context(), d[0].ID, me, "it broke", f.now.Add(time.Minute), f.now))
		require.Empty(f, f.takeDeliveries(me, 10))
		f.pass(time.Minute)
	}
	d := f.takeDeliveries(me, 10)
	require.NoError(f, f.store.SettleDelivery(f.Context(), d[0].ID, me, "it broke", time.Time{}, f.now))
	f.pass(500 * time.Hour)
	require.Empty(f, f.takeDeliveries(me, 10))
	status, err := f.store.Status(f.Context(), f.now)
	require.NoError(f, err)
	require.Equal(f, 1, status.DeadDeliveries)
	require.Zero(f, status.OpenDeliveries)
}

func deliveriesDead(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	f.run("orders", reacting, solving)
	d := f.takeDeliveries(me, 10)
	require.Equal(f, []string{"issue_created"}, names(d))
	require.NoError(f, f.store.SettleDelivery(f.Context(), d[0].ID, me, "it broke", time.Time{}, f.now))
	require.Equal(f, []string{"issue_solved"}, names(f.takeDeliveries(me, 10)))
}

func deliveriesFreed(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	require.NoError(f, f.store.RegisterExecutor(f.Context(), other, f.now, f.now.Add(15*time.Second)))
	require.Len(f, f.takeDeliveries(other, 10), 1)
	f.pass(14 * time.Second)
	require.Empty(f, f.takeDeliveries(me, 10))
	f.pass(time.Second)
	d := f.takeDeliveries(me, 10)
	require.Len(f, d, 1)
	require.Equal(f, 1, d[0].Attempts, "whatever took the executor down counts as an attempt")
	f.code(monitor.CodeFenced, f.store.SettleDelivery(f.Context(), d[0].ID, other, "", time.Time{}, f.now))
}

func deliveriesFenced(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	d := f.takeDeliveries(me, 10)
	f.code(monitor.CodeFenced, f.store.SettleDelivery(f.Context(), d[0].ID, other, "", time.Time{}, f.now))
	f.settle(d[0])
	f.code(monitor.CodeFenced, f.store.SettleDelivery(f.Context(), d[0].ID, me, "", time.Time{}, f.now))
}

func deliveriesRequireLease(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a"))
	_, err := f.store.TakeDeliveries(f.Context(), "unknown", nil, 10, f.now)
	f.code(monitor.CodeFenced, err)
	require.Len(f, f.takeDeliveries(me, 10), 1)
}

func deliveriesSay(f *fixture) {
	first := f.register("orders")
	plan := f.run("orders", reacting, unlinked("a"))
	second := f.register("orders", content("changed"))
	d := f.takeDeliveries(me, 10)[0]
	require.Equal(f, monitor.TargetReactions, d.Target)
	require.Equal(f, second.ID, d.VersionID)
	require.Equal(f, first.ID, d.Event.VersionID)
	require.Equal(f, monitor.IssueCreated, d.Event.Name)
	require.Equal(f, "orders", d.Event.MonitorName)
	require.Equal(f, plan.Created[0].ID, d.Event.SourceID)
	require.Contains(f, string(d.Event.Data), `"model_id":"a"`)
	events, err := f.store.Events(f.Context(), store.EventFilter{}, store.Page{Limit: 1})
	require.NoError(f, err)
	require.Equal(f, events[0], d.Event)
}

func deliveriesLimit(f *fixture) {
	f.register("orders")
	f.run("orders", reacting, unlinked("a", "b", "c"))
	first := f.takeDeliveries(me, 2)
	require.Len(f, first, 2)
	require.Less(f, first[0].ID, first[1].ID)
	require.Len(f, f.takeDeliveries(me, 2), 1)
}
