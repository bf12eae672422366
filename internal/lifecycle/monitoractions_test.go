package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestSetEnabled_R64(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	p := act(t, lifecycle.SetEnabled(solvable(), false, ana), s)
	require.Equal(t, []string{"monitor_enabled_changed stuck_orders"}, names(p))
	require.False(t, *p.Monitor.Enabled)
	require.False(t, p.Events[0].Monitor.Enabled)
	require.True(t, new(act(t, lifecycle.SetEnabled(solvable(), true, ana), s)).IsEmpty())

	s.Monitor.Enabled = false
	require.True(t, *act(t, lifecycle.SetEnabled(solvable(), true, ana), s).Monitor.Enabled)
}

func TestRefresh_R65(t *testing.T) {
	t.Parallel()
	p := act(t, lifecycle.Refresh(solvable(), monitor.TaskSearch|monitor.TaskUpdate, ana), snapshot(nil))
	require.Equal(t, &monitor.MonitorChange{DueTasks: monitor.TaskSearch | monitor.TaskUpdate}, p.Monitor)
	require.Empty(t, p.Events)
}

func TestRefresh_R65_Refused(t *testing.T) {
	t.Parallel()
	searching := solvable(func(d *monitor.Declaration) { d.HasUpdate = false })
	s := snapshot(nil)
	refused(t, lifecycle.Refresh(searching, monitor.TaskUpdate, ana), s, monitor.CodeInvalid, `monitor "stuck_orders" has no update: it can search`)
	refused(t, lifecycle.Refresh(searching, 0, ana), s, monitor.CodeInvalid, "no task to refresh is named: search, update or both")

	s.Monitor.Schedule.Busy = true
	refused(t, lifecycle.Refresh(searching, monitor.TaskSearch, ana), s, monitor.CodeConflict,
		`monitor "stuck_orders" is queued or running: refresh it when that has ended`)
}

func TestRefresh_R64_NotOfADisabledMonitor(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	s.Monitor.Enabled = false
	refused(t, lifecycle.Refresh(solvable(), monitor.TaskSearch, ana), s, monitor.CodeConflict, `monitor "stuck_orders" is disabled: enable it first`)
}

func TestRefresh_R65_AnUpdateMayBeTheSearch(t *testing.T) {
	t.Parallel()
	d := solvable(missing(monitor.MissingSolve), func(d *monitor.Declaration) { d.HasUpdate = false })
	require.Equal(t, monitor.TaskUpdate, act(t, lifecycle.Refresh(d, monitor.TaskUpdate, ana), snapshot(nil)).Monitor.DueTasks)
}

// endedAll checks a plan that ends all of linked(2) and a loose issue.
func endedAll(t *testing.T, p monitor.Plan, reason monitor.EndReason) {
	t.Helper()
	require.Equal(t, []string{"issue_dropped i1", "issue_dropped i2", "issue_dropped i9", "alert_solved 1"}, names(p))
	for _, event := range p.Events {
		require.Equal(t, reason, event.Extra.Reason)
	}
	require.Equal(t, monitor.IssueDropped, p.Ended[2].Status)
	require.Equal(t, monitor.AlertSolved, p.Alerts[0].Status)
}

func busy() monitor.Snapshot {
	s := linked(2)
	s.Issues = append(s.Issues, issue(9, 0))
	return s
}

func TestArchive_R66(t *testing.T) {
	t.Parallel()
	p := act(t, lifecycle.Archive(solvable(), ana), busy())
	endedAll(t, p, monitor.ReasonArchived)
	require.Equal(t, &monitor.MonitorChange{Archive: true}, p.Monitor)
}

func TestMonitorActions_R66_NotOfADeletedMonitor(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	s.Monitor.ArchivedAt = created
	for _, action := range []lifecycle.Action{
		lifecycle.SetEnabled(solvable(), false, ana), lifecycle.Refresh(solvable(), monitor.TaskSearch, ana), lifecycle.Archive(solvable(), ana),
	} {
		refused(t, action, s, monitor.CodeConflict, `monitor "stuck_orders" is deleted`)
	}
}

func TestRekey_R67(t *testing.T) {
	t.Parallel()
	other := solvable(func(d *monitor.Declaration) { d.Options.ModelIDKey = "order_id" })
	refused(t, lifecycle.Rekey(solvable(), other, false, ana), busy(), monitor.CodeConflict,
		`model_id_key of monitor "stuck_orders" changes from "id" to "order_id" while issues are active under the old one (3): solve them first, or ask to drop them (drop_issues)`)

	p := act(t, lifecycle.Rekey(solvable(), other, true, ana), busy())
	endedAll(t, p, monitor.ReasonRekeyed)
	require.Nil(t, p.Monitor)

	require.True(t, new(act(t, lifecycle.Rekey(solvable(), solvable(), true, ana), busy())).IsEmpty(), "the same key")
	require.True(t, new(act(t, lifecycle.Rekey(solvable(), other, false, ana), snapshot(nil))).IsEmpty(), "no issues")
}

func TestPlan_R67_GoesByTheOptionsOfTheVersionThatRan(t *testing.T) {
	t.Parallel()
	s := snapshot(nil)
	ran := solvable(rule(nil), func(d *monitor.Declaration) { d.Options.MaxIssuesCreation = 1 })
	p := plan(ran, found(t, ran, s, "a", "b"), s)
	require.Equal(t, []string{"issue_created a"}, names(p))
}
