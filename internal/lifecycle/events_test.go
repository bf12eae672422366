package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPlan_R03_EventsComeInTheOrderInWhichThingsHappen(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingDrop))
	s := snapshot([]monitor.Alert{alert(1, monitor.Low), alert(2, monitor.High)}, issue(1, 1), issue(2, 1), issue(3, 2), issue(4, 2))
	s.Alerts[0].Locked = true
	o := updated(t, d, s, data("i1", 1), data("i2", 0), data("i4", 0))
	o.Search = found(t, d, s, "a", "b").Search
	o.Solved = solved(1, 2)
	require.Equal(t, []string{
		"issue_updated_solved i1", "issue_dropped i3",
		"issue_solved i1", "issue_solved i2",
		"issue_created a", "issue_created b",
		"issue_linked a", "issue_linked b", "alert_issues_linked 2",
		"alert_solved 1", "alert_updated 2",
	}, names(plan(d, o, s)))
}

func TestPlan_R03_EventsShowThePlansOwnRows(t *testing.T) {
	t.Parallel()
	s := linked(2)
	p := plan(solvable(), updated(t, solvable(), s, data("i1", 1)), s)
	require.Same(t, p.Updated[0], p.Events[0].Issue)
	require.Same(t, p.Alerts[0], p.Events[1].Alert)
}

func TestPlan_R80_SaveEventsSaysWhichAreKept(t *testing.T) {
	t.Parallel()
	saves := func(d *monitor.Declaration) { d.Options.SaveEvents = true }
	for name, test := range map[string]struct {
		policy lifecycle.SaveEvents
		d      *monitor.Declaration
		want   bool
	}{
		"default":                 {"", solvable(), true},
		"all":                     {lifecycle.SaveAll, solvable(), true},
		"monitor, which does not": {lifecycle.SaveMonitor, solvable(), false},
		"monitor, which does":     {lifecycle.SaveMonitor, solvable(saves), true},
		"off":                     {lifecycle.SaveOff, solvable(saves), false},
	} {
		s := linked(1)
		p := lifecycle.Plan(test.d, &monitor.Outcome{Solved: solved(1)}, s, lifecycle.Limits{SaveEvents: test.policy}, now)
		require.Len(t, p.Events, 2)
		for _, event := range p.Events {
			require.Equal(t, test.want, event.Keep, name)
		}
	}
}

func TestPlan_R80_EventsThatTheMonitorReactsTo(t *testing.T) {
	t.Parallel()
	d := solvable(func(d *monitor.Declaration) { d.Reactions = []monitor.EventName{monitor.AlertSolvedEvent} })
	p := plan(d, &monitor.Outcome{Solved: solved(1)}, linked(1))
	require.False(t, p.Events[0].React)
	require.True(t, p.Events[1].React)
}

func TestActions_R80_EventsOfPeopleAreAlwaysKept(t *testing.T) {
	t.Parallel()
	d := solvable(func(d *monitor.Declaration) { d.Reactions = []monitor.EventName{monitor.IssueDroppedEvent} })
	p := act(t, lifecycle.Archive(d, ana), linked(1))
	require.True(t, p.Events[0].Keep)
	require.True(t, p.Events[0].React)
	require.False(t, p.Events[1].React)
}
