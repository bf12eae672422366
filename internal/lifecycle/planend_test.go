package lifecycle_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func failedRoutine(name, message string) monitor.Routine {
	return monitor.Routine{Name: name, Error: &monitor.Failure{Kind: monitor.FailureCode, Message: message, Position: "monitor.star:3:5"}}
}

func TestPlan_R06_NamesEachRoutineThatFailed(t *testing.T) {
	t.Parallel()
	o := &monitor.Outcome{Report: monitor.Report{Routines: []monitor.Routine{
		failedRoutine(monitor.RoutineUpdate, "key \"x\" not in dict"),
		{Name: monitor.RoutineIsSolved},
		failedRoutine(monitor.RoutineSearch, "division by zero"),
	}}}
	p := plan(solvable(), o, snapshot(nil))
	require.Equal(t, monitor.ExecutionFailed, p.Execution.Status)
	require.Equal(t, `update: monitor.star:3:5: key "x" not in dict; search: monitor.star:3:5: division by zero`, p.Execution.Report.Error)
	require.Equal(t, o.Report.Routines, p.Execution.Report.Routines)
}

func TestPlan_R06_AFailureOfTheRunAsAWholeComesFirst(t *testing.T) {
	t.Parallel()
	o := &monitor.Outcome{Report: monitor.Report{
		Error: "out of memory", Routines: []monitor.Routine{failedRoutine(monitor.RoutineUpdate, "stopped")},
	}}
	require.Equal(t, "out of memory; update: monitor.star:3:5: stopped", plan(solvable(), o, snapshot(nil)).Execution.Report.Error)
}

func TestPlan_R06_AFailedRoutineDoesNotPreventTheOthers(t *testing.T) {
	t.Parallel()
	s := linked(2)
	o := found(t, solvable(), s, "a")
	o.Solved = solved(1)
	o.Report.Routines = []monitor.Routine{failedRoutine(monitor.RoutineUpdate, "boom"), {Name: monitor.RoutineSearch}}
	p := plan(solvable(), o, s)
	require.Equal(t, monitor.ExecutionFailed, p.Execution.Status)
	require.Equal(t, []string{"i1"}, modelIDs(p.Ended))
	require.Equal(t, []string{"a"}, modelIDs(p.Created))
}

func TestPlan_R07_AFailedIsSolvedFailsTheExecution(t *testing.T) {
	t.Parallel()
	s := linked(2)
	o := &monitor.Outcome{Solved: solved(2)}
	o.Report.Routines = []monitor.Routine{failedRoutine(monitor.RoutineIsSolved, "boom")}
	p := plan(solvable(), o, s)
	require.Equal(t, monitor.ExecutionFailed, p.Execution.Status)
	require.Equal(t, []string{"i2"}, modelIDs(p.Ended))
	require.Equal(t, "is_solved: monitor.star:3:5: boom", p.Execution.Report.Error)
}

func TestPlan_R07_WithoutIsSolvedChangesAreNotSolved(t *testing.T) {
	t.Parallel()
	s := linked(1)
	d := solvable(notSolvable, func(d *monitor.Declaration) { d.HasIsSolved = false })
	o := updated(t, d, s, data("i1", 1))
	lifecycle.Answer(o, lifecycle.Questions(d, &s, o.Update, nil), nil)
	require.Equal(t, []string{"issue_updated_not_solved i1", "alert_updated 1"}, names(plan(d, o, s)))
}

func TestPlan_R79_IsProvenIfAllRoutinesSucceededWhole(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	incomplete := found(t, solvable(), s, "a")
	incomplete.Report.Incomplete = "page 2 is missing"
	failed := &monitor.Outcome{Report: monitor.Report{Routines: []monitor.Routine{failedRoutine(monitor.RoutineSearch, "boom")}}}
	for name, test := range map[string]struct {
		outcome *monitor.Outcome
		proven  bool
		status  monitor.ExecutionStatus
		err     string
	}{
		"whole":      {found(t, solvable(), s, "a"), true, monitor.ExecutionSucceeded, ""},
		"truncated":  {found(t, solvable(), s, "a", "b"), false, monitor.ExecutionSucceeded, ""},
		"incomplete": {incomplete, false, monitor.ExecutionFailed, "incomplete: page 2 is missing"},
		"failed":     {failed, false, monitor.ExecutionFailed, "search: monitor.star:3:5: boom"},
	} {
		p := lifecycle.Plan(solvable(), test.outcome, s, lifecycle.Limits{MaxIssuesCreation: 1}, now)
		require.Equal(t, test.proven, p.Execution.Proven, name)
		require.Equal(t, test.status, p.Execution.Status, name)
		require.Equal(t, test.err, p.Execution.Report.Error, name)
	}
}

func TestPlan_R01_CanBeMadeAgain(t *testing.T) {
	t.Parallel()
	s := linked(2)
	o := updated(t, solvable(), s, data("i1", 1))
	o.Search = found(t, solvable(), s, "a", "b").Search
	o.Solved = solved(2)
	o.Report.Log = make([]monitor.LogEntry, 1, 10)
	limits := lifecycle.Limits{MaxIssuesCreation: 1}
	first := lifecycle.Plan(solvable(), o, s, limits, now)
	require.Equal(t, first, lifecycle.Plan(solvable(), o, s, limits, now))
	require.Equal(t, linked(2), s)
	require.Len(t, first.Execution.Report.Log, 2)
	require.Len(t, o.Report.Log, 1)
}

func TestPlan_R66_ARunThatOutlivesItsMonitorChangesNothing(t *testing.T) {
	t.Parallel()
	o := found(t, solvable(), snapshot(nil), "a")
	o.Variables = []monitor.RoutineVariables{{Routine: monitor.RoutineSearch, Values: map[string]monitor.Data{"bookmark": "1"}}}
	s := snapshot(nil)
	s.Monitor.ArchivedAt = now.Add(-time.Second)
	p := plan(solvable(), o, s)
	require.True(t, p.IsEmpty())
	require.Equal(t, monitor.ExecutionCancelled, p.Execution.Status)
	require.Equal(t, "the monitor was deleted while it ran", p.Execution.Report.Error)
}
