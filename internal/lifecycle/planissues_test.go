package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// linked is a snapshot of issues 1 to n under alert 1.
func linked(n int64) monitor.Snapshot {
	s := snapshot([]monitor.Alert{alert(1, monitor.Low)})
	for id := int64(1); id <= n; id++ {
		s.Issues = append(s.Issues, issue(id, 1))
	}
	return s
}

func TestPlan_R13_ChangedDataReplacesTheStored(t *testing.T) {
	t.Parallel()
	s := linked(2)
	o := updated(t, solvable(), s, data("i1", 0), data("i2", 5))
	p := plan(solvable(), o, s)
	require.Equal(t, []string{"issue_updated_not_solved i2", "alert_updated 1"}, names(p))
	require.Equal(t, []string{"i2"}, modelIDs(p.Updated))
	require.Equal(t, data("i2", 5), p.Updated[0].Data)
	require.Equal(t, now, p.Updated[0].UpdatedAt)
	require.Same(t, p.Updated[0], p.Events[0].Issue)
	require.Equal(t, monitor.Counts{Updated: 1}, p.Execution.Report.Counts)
}

func TestPlan_R13_EqualDataWritesNothing(t *testing.T) {
	t.Parallel()
	s := linked(2)
	p := plan(solvable(), updated(t, solvable(), s, data("i1", 0), `{"n":0,"id":"i2"}`), s)
	require.True(t, p.IsEmpty())
}

func TestPlan_R13_NamesTheEventByTheNewData(t *testing.T) {
	t.Parallel()
	s := linked(2)
	o := updated(t, solvable(), s, data("i1", 1), data("i2", 1))
	o.Solved = solved(2)
	p := plan(solvable(), o, s)
	require.Equal(t, []string{
		"issue_updated_not_solved i1", "issue_updated_solved i2", "issue_solved i2", "alert_updated 1",
	}, names(p))
	require.Same(t, p.Updated[1], p.Ended[0])
	require.Equal(t, data("i2", 1), p.Ended[0].Data)
	require.Equal(t, monitor.IssueSolved, p.Events[1].Issue.Status)
}

func TestPlan_R14_Missing(t *testing.T) {
	t.Parallel()
	type ended struct {
		modelID             string
		status              monitor.IssueStatus
		solvedAt, droppedAt time.Time
		reason              monitor.EndReason
	}
	for mode, want := range map[monitor.Missing]struct {
		events []string
		ended  []ended
		counts monitor.Counts
	}{
		monitor.MissingKeep: {events: []string{}},
		monitor.MissingSolve: {
			[]string{"issue_solved i2", "alert_updated 1"},
			[]ended{{"i2", monitor.IssueSolved, now, time.Time{}, monitor.ReasonMissing}},
			monitor.Counts{Solved: 1},
		},
		monitor.MissingDrop: {
			[]string{"issue_dropped i2", "alert_updated 1"},
			[]ended{{"i2", monitor.IssueDropped, time.Time{}, now, monitor.ReasonMissing}},
			monitor.Counts{Dropped: 1},
		},
	} {
		s := linked(2)
		d := solvable(missing(mode))
		p := plan(d, updated(t, d, s, data("i1", 0)), s)
		require.Equal(t, want.events, names(p), mode)
		require.Equal(t, want.counts, p.Execution.Report.Counts, mode)
		var got []ended
		for i, issue := range p.Ended {
			got = append(got, ended{issue.ModelID, issue.Status, issue.SolvedAt, issue.DroppedAt, p.Events[i].Extra.Reason})
		}
		require.Equal(t, want.ended, got, mode)
	}
}

func TestPlan_R14_AbsenceFromWhatIsNotWholeMeansNothing(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingDrop))
	for name, o := range map[string]func(s *monitor.Snapshot) *monitor.UpdateOutcome{
		"not asked or failed": func(*monitor.Snapshot) *monitor.UpdateOutcome { return nil },
		"nothing": func(s *monitor.Snapshot) *monitor.UpdateOutcome {
			u, _ := lifecycle.AcceptUpdate(d, s, monitor.Returned{Nothing: true}, false)
			return u
		},
		"incomplete": func(s *monitor.Snapshot) *monitor.UpdateOutcome {
			u, _ := lifecycle.AcceptUpdate(d, s, returned(), true)
			return u
		},
		"an entry without a model id": func(s *monitor.Snapshot) *monitor.UpdateOutcome {
			u, _ := lifecycle.AcceptUpdate(d, s, returned(`{"n":1}`), false)
			return u
		},
	} {
		s := linked(2)
		require.True(t, new(plan(d, &monitor.Outcome{Update: o(&s)}, s)).IsEmpty(), name)
	}
}

func TestPlan_R14_AnEmptyListIsAnAnswer(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingSolve))
	s := linked(2)
	require.Equal(t, []string{"issue_solved i1", "issue_solved i2", "alert_solved 1"}, names(plan(d, updated(t, d, s), s)))
}

func TestPlan_R20_SolvesWhatIsSolvedSaysSo(t *testing.T) {
	t.Parallel()
	s := linked(3)
	p := plan(solvable(), &monitor.Outcome{Solved: solved(1, 3)}, s)
	require.Equal(t, []string{"issue_solved i1", "issue_solved i3", "alert_updated 1"}, names(p))
	require.Equal(t, now, p.Ended[0].SolvedAt)
	require.Zero(t, p.Ended[0].DroppedAt)
	require.Equal(t, monitor.Counts{Solved: 2}, p.Execution.Report.Counts)
}

func TestPlan_R21_NeverSolvesWhatIsNotSolvable(t *testing.T) {
	t.Parallel()
	s := linked(2)
	d := solvable(notSolvable, missing(monitor.MissingSolve))
	o := updated(t, d, s, data("i1", 5))
	o.Solved = solved(1, 2)
	p := plan(d, o, s)
	require.Equal(t, []string{"issue_updated_solved i1", "alert_updated 1"}, names(p))
	require.Empty(t, p.Ended)
}

func TestPlan_R22_RecordsHowAnIssueEnded(t *testing.T) {
	t.Parallel()
	s := linked(3)
	d := solvable(missing(monitor.MissingSolve))
	o := updated(t, d, s, data("i1", 0), data("i2", 0))
	o.Solved = solved(1)
	p := plan(d, o, s)
	require.Equal(t, []string{"issue_solved i3", "issue_solved i1", "alert_updated 1"}, names(p))
	require.Equal(t, monitor.ReasonMissing, p.Events[0].Extra.Reason)
	require.Equal(t, monitor.ReasonPredicate, p.Events[1].Extra.Reason)
}

func TestPlan_R05_LeavesWhatAPersonEndedSinceLoad(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingDrop))
	loaded := linked(3)
	o := updated(t, d, loaded, data("i1", 5), data("i2", 5))
	o.Search = found(t, d, loaded, "i1", "i3", "new").Search
	o.Solved = solved(1)

	later := snapshot(loaded.Alerts, issue(2, 1))
	p := plan(d, o, later)
	require.Equal(t, []string{"i2"}, modelIDs(p.Updated))
	require.Empty(t, p.Ended)
	require.Equal(t, []string{"new"}, modelIDs(p.Created))
}

func TestPlan_R05_LeavesAnAlertThatAPersonSolvedSinceLoad(t *testing.T) {
	t.Parallel()
	d := solvable()
	o := found(t, d, linked(1), "new")
	p := plan(d, o, snapshot(nil))
	require.Equal(t, []string{
		"issue_created new", "alert_created 0", "issue_linked new", "alert_issues_linked 0", "alert_updated 0",
	}, names(p))
	require.Empty(t, p.Alerts)
}

func TestPlan_R30_LeavesOutWhatIsSolvedOrWasThereBefore(t *testing.T) {
	t.Parallel()
	unique := func(d *monitor.Declaration) { d.Options.Unique = true }
	for name, test := range map[string]struct {
		d    *monitor.Declaration
		want []string
	}{
		"solvable":             {solvable(), []string{"seen", "fresh"}},
		"unique":               {solvable(unique), []string{"fresh"}},
		"not solvable":         {solvable(notSolvable), []string{"seen", "fixed", "fresh"}},
		"unique, not solvable": {solvable(notSolvable, unique), []string{"fixed", "fresh"}},
	} {
		s := snapshot(nil)
		o := found(t, test.d, s, "seen", "fixed", "fresh")
		o.Search.Found[1].Solved = true
		s.Closed = map[string]bool{"seen": true}
		p := plan(test.d, o, s)
		require.Equal(t, test.want, modelIDs(p.Created), name)
		require.Empty(t, warningsOf(p), name)
	}
}

func TestPlan_R31_CapsWhatIsLeft(t *testing.T) {
	t.Parallel()
	limits := lifecycle.Limits{MaxIssuesCreation: 2}
	s := snapshot(nil)
	ids := []string{"fixed", "a", "b", "c", "d"}
	own := func(d *monitor.Declaration) { d.Options.MaxIssuesCreation = 3 }
	for name, test := range map[string]struct {
		d    *monitor.Declaration
		ids  []string
		want []string
	}{
		"configured":  {solvable(), ids, []string{"a", "b"}},
		"own":         {solvable(own), ids, []string{"a", "b", "c"}},
		"just enough": {solvable(own), ids[:4], []string{"a", "b", "c"}},
	} {
		o := found(t, test.d, s, test.ids...)
		o.Search.Found[0].Solved = true
		p := lifecycle.Plan(test.d, o, s, limits, now)
		require.Equal(t, test.want, modelIDs(p.Created), name)
		cut := len(test.ids)-1 > len(test.want)
		require.Equal(t, cut, p.Execution.Report.Truncated, name)
		require.Equal(t, !cut, p.Execution.Proven, name)
		require.Equal(t, monitor.ExecutionSucceeded, p.Execution.Status, name)
		if cut {
			require.Equal(t, []string{fmt.Sprintf(
				"search: 4 new issues were found, but one run creates at most %d (max_issues_creation): the rest is left to later runs",
				len(test.want))}, warningsOf(p), name)
		}
	}
}

func TestPlan_R32_CreatesIssues(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	p := plan(solvable(rule(nil)), found(t, solvable(), s, "a"), s)
	require.Equal(t, []string{"issue_created a"}, names(p))
	require.Equal(t, []*monitor.Issue{{
		MonitorID: 1, ModelID: "a", Status: monitor.IssueActive, Data: data("a", 0), CreatedAt: now, UpdatedAt: now,
	}}, p.Created)
	require.Equal(t, monitor.Counts{Created: 1}, p.Execution.Report.Counts)
}

func TestPlan_R32_NeverASecondActiveIssueOfOneModelID(t *testing.T) {
	t.Parallel()
	o := found(t, solvable(), snapshot(nil), "i1")
	require.Empty(t, plan(solvable(), o, linked(1)).Created)
}

func TestPlan_R02_VariablesGoWithTheRun(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	for name, test := range map[string]struct {
		limit int
		want  map[string]monitor.Data
	}{
		"whole": {2, map[string]monitor.Data{"bookmark": "2", "other": "1", "last": `"search"`}},
		"cut":   {1, map[string]monitor.Data{"other": "1", "last": `"update"`}},
	} {
		o := found(t, solvable(), s, "a", "b")
		o.Variables = []monitor.RoutineVariables{
			{Routine: monitor.RoutineUpdate, Values: map[string]monitor.Data{"other": "1", "last": `"update"`}},
			{Routine: monitor.RoutineSearch, Values: map[string]monitor.Data{"bookmark": "2", "last": `"search"`}},
		}
		p := lifecycle.Plan(solvable(), o, s, lifecycle.Limits{MaxIssuesCreation: test.limit}, now)
		require.Equal(t, test.want, p.Variables, name)
	}
}
