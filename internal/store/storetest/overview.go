package storetest

import (
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

var overviews = map[string]func(*fixture){
	"Activity_CountsWhatCameAndWentByParts":     countActivity,
	"Activity_BeginsAndEndsAtTheBordersOfParts": countActivityAtBorders,
	"Activity_OfATimeThatIsOver":                countEarlierActivity,
	"Activity_OfOneMonitorAlsoWhenItIsGone":     countActivityOfOne,
	"Summary_CountsAlertsAndMonitors":           readSummary,
	"Summary_CountsWhatIsSilenced":              readSummarySilenced,
}

// activity reads that of the last parts of an hour, the last one of which has just
// begun or is under way.
func (f *fixture) activity(hours int, changes ...func(*store.ActivityQuery)) []store.Activity {
	f.Helper()
	q := store.ActivityQuery{From: f.now.Truncate(time.Hour).Add(time.Duration(1-hours) * time.Hour), Step: time.Hour, Buckets: hours}
	for _, change := range changes {
		change(&q)
	}
	activities, err := f.store.Activity(f.Context(), q)
	require.NoError(f, err)
	return activities
}

func countActivity(f *fixture) {
	f.register("busy")
	f.register("quiet")
	f.register("steady")
	require.Empty(f, f.activity(3), "where nothing ever happened there is nothing to tell")
	f.run("steady", creating("a", "b"))
	f.run("busy", creating("a"))
	f.pass(time.Hour)
	f.run("busy", solving)
	f.run("busy", creating("b", "c"))
	f.pass(time.Hour)
	f.run("busy", dropping)
	f.run("busy", creating("d", "e", "f"))
	require.Equal(f, []store.Activity{
		{Monitor: "busy", Active: []int{0, 1, 2, 3}, Created: []int{0, 1, 2, 3}, Solved: []int{0, 0, 1, 0}, Dropped: []int{0, 0, 0, 2}},
		{Monitor: "steady", Active: []int{0, 2, 2, 2}, Created: []int{0, 2, 0, 0}, Solved: []int{0, 0, 0, 0}, Dropped: []int{0, 0, 0, 0}},
	}, f.activity(4))
	f.run("busy", solving)
	f.pass(100 * time.Hour)
	require.Equal(f, []store.Activity{
		{Monitor: "steady", Active: []int{2, 2}, Created: []int{0, 0}, Solved: []int{0, 0}, Dropped: []int{0, 0}},
	}, f.activity(2), "what was over before is not told of")
}

func countActivityAtBorders(f *fixture) {
	f.register("orders")
	f.now = f.now.Truncate(time.Hour)
	f.run("orders", creating("a"))
	f.pass(time.Hour - time.Microsecond)
	f.run("orders", solving)
	f.pass(time.Microsecond)
	f.run("orders", creating("b"))
	require.Equal(f, []store.Activity{
		{Monitor: "orders", Active: []int{0, 1}, Created: []int{1, 1}, Solved: []int{1, 0}, Dropped: []int{0, 0}},
	}, f.activity(2))
}

func countEarlierActivity(f *fixture) {
	f.register("orders")
	f.run("orders", creating("a", "b"))
	f.pass(time.Hour)
	f.run("orders", solving)
	f.pass(10 * time.Hour)
	f.run("orders", creating("c", "d", "e"))
	earlier := func(q *store.ActivityQuery) { q.From = q.From.Add(-10 * time.Hour) }
	require.Equal(f, []store.Activity{
		{Monitor: "orders", Active: []int{0, 2, 0}, Created: []int{0, 2, 0}, Solved: []int{0, 0, 2}, Dropped: []int{0, 0, 0}},
	}, f.activity(3, earlier))
}

func countActivityOfOne(f *fixture) {
	f.register("orders")
	f.register("payments")
	f.run("orders", creating("a"))
	f.run("payments", creating("a", "b"))
	named := func(name string) func(*store.ActivityQuery) {
		return func(q *store.ActivityQuery) { q.Monitor = name }
	}
	require.Equal(f, []store.Activity{
		{Monitor: "payments", Active: []int{2}, Created: []int{2}, Solved: []int{0}, Dropped: []int{0}},
	}, f.activity(1, named("payments")))
	require.Empty(f, f.activity(1, named("nobody")))
	f.change(store.Scope{Monitor: "payments", Issues: true}, archiving)
	require.Len(f, f.activity(1), 1, "it is not among the others any more")
	require.Equal(f, []store.Activity{
		{Monitor: "payments", Active: []int{0}, Created: []int{2}, Solved: []int{0}, Dropped: []int{2}},
	}, f.activity(1, named("payments")), "its history stays readable (R66)")
}

// summary reads the summary as of now.
func (f *fixture) summary() store.Summary {
	f.Helper()
	summary, err := f.store.Summary(f.Context(), f.now)
	require.NoError(f, err)
	return summary
}

func readSummary(f *fixture) {
	require.Equal(f, store.Summary{Alerts: map[monitor.Priority]store.AlertCounts{}, Monitors: map[monitor.Health]int{}}, f.summary())
	for _, name := range []string{"acked", "disabled", "fine", "open", "unknown"} {
		f.register(name)
	}
	enable(f, "disabled", false)
	f.run("fine")
	f.run("acked", creating("a"))
	f.change(store.Scope{AlertID: f.active("acked").Alerts[0].ID}, acknowledging)
	f.run("open", creating("a", "b"))
	require.Equal(f, store.Summary{
		Alerts:       map[monitor.Priority]store.AlertCounts{monitor.Low: {Active: 2, Unacknowledged: 1, Waiting: 1}},
		ActiveIssues: 3,
		Monitors: map[monitor.Health]int{
			monitor.HealthDisabled: 1, monitor.HealthOK: 1, monitor.HealthViolating: 2, monitor.HealthUnknown: 1,
		},
	}, f.summary())
	f.run("open", solving)
	require.Equal(f, map[monitor.Priority]store.AlertCounts{monitor.Low: {Active: 1}}, f.summary().Alerts)
}

func readSummarySilenced(f *fixture) {
	acknowledged := f.alertOf("acked")
	f.change(store.Scope{AlertID: acknowledged.ID}, acknowledging)
	f.alertOf("other")
	f.alertOf("open")
	f.silence(monitor.SilenceMatch{Monitor: "acked"})
	f.silence(monitor.SilenceMatch{Monitor: "open"})
	f.silence(monitor.SilenceMatch{Monitor: "open", Priority: monitor.Low})
	require.Equal(f, map[monitor.Priority]store.AlertCounts{
		monitor.Low: {Active: 3, Unacknowledged: 2, Silenced: 2, Waiting: 1},
	}, f.summary().Alerts)
	f.pass(2 * time.Hour)
	require.Equal(f, map[monitor.Priority]store.AlertCounts{
		monitor.Low: {Active: 3, Unacknowledged: 2, Waiting: 2},
	}, f.summary().Alerts, "the silences are over")
}
