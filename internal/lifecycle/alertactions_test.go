package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

var ana = lifecycle.Person{Actor: "ana", Comment: "known", Now: now}

// act makes the plan of an action that is allowed, and checks that it says who
// acted, and leaves what it was given alone.
func act(t *testing.T, action lifecycle.Action, s monitor.Snapshot) monitor.Plan {
	t.Helper()
	before := copyOf(s)
	p, err := action(s)
	require.NoError(t, err)
	require.Equal(t, before, s)
	if !p.IsEmpty() {
		require.Equal(t, "ana", p.Actor)
	}
	for _, event := range p.Events {
		require.Equal(t, "ana", event.Extra.Actor)
		require.Equal(t, "known", event.Extra.Comment)
	}
	require.Nil(t, p.Execution)
	return p
}

func refused(t *testing.T, action lifecycle.Action, s monitor.Snapshot, code monitor.Code, message string) {
	t.Helper()
	p, err := action(s)
	require.Equal(t, code, monitor.CodeOf(err))
	require.EqualError(t, err, message)
	require.True(t, p.IsEmpty())
}

func one(a monitor.Alert) monitor.Snapshot { return snapshot([]monitor.Alert{a}) }

func TestAcknowledge_R60(t *testing.T) {
	t.Parallel()
	p := act(t, lifecycle.Acknowledge(solvable(), ana), one(alert(1, monitor.Moderate)))
	require.Equal(t, []string{"alert_acknowledged 1"}, names(p))
	require.True(t, p.Alerts[0].Acknowledged)
	require.Equal(t, monitor.Moderate, p.Alerts[0].AcknowledgePriority)
	require.Equal(t, now, p.Alerts[0].UpdatedAt)
}

func TestAcknowledge_R60_AgainAtTheSameLevelIsNothing(t *testing.T) {
	t.Parallel()
	a := alert(1, monitor.Moderate)
	a.Acknowledged, a.AcknowledgePriority = true, monitor.Moderate
	require.True(t, new(act(t, lifecycle.Acknowledge(solvable(), ana), one(a))).IsEmpty())

	a.Priority = monitor.High
	require.False(t, a.IsPriorityAcknowledged(), "it has risen")
	p := act(t, lifecycle.Acknowledge(solvable(), ana), one(a))
	require.Equal(t, monitor.High, p.Alerts[0].AcknowledgePriority)

	a.Priority = monitor.Low
	require.True(t, a.IsPriorityAcknowledged(), "it has fallen")
	p = act(t, lifecycle.Acknowledge(solvable(), ana), one(a))
	require.Equal(t, monitor.Low, p.Alerts[0].AcknowledgePriority)
}

func TestLock_R61(t *testing.T) {
	t.Parallel()
	a := alert(1, monitor.Low)
	p := act(t, lifecycle.Lock(solvable(), ana), one(a))
	require.Equal(t, []string{"alert_locked 1"}, names(p))
	require.True(t, p.Alerts[0].Locked)
	require.True(t, new(act(t, lifecycle.Unlock(solvable(), ana), one(a))).IsEmpty())

	a.Locked = true
	p = act(t, lifecycle.Unlock(solvable(), ana), one(a))
	require.Equal(t, []string{"alert_unlocked 1"}, names(p))
	require.False(t, p.Alerts[0].Locked)
	require.True(t, new(act(t, lifecycle.Lock(solvable(), ana), one(a))).IsEmpty())
}

func TestSolveAlert_R62(t *testing.T) {
	t.Parallel()
	p := act(t, lifecycle.SolveAlert(solvable(notSolvable), ana), linked(2))
	require.Equal(t, []string{"issue_solved i1", "issue_solved i2", "alert_solved 1"}, names(p))
	for _, event := range p.Events {
		require.Equal(t, monitor.ReasonPerson, event.Extra.Reason)
	}
	require.Equal(t, []string{"i1", "i2"}, modelIDs(p.Ended))
	require.Equal(t, monitor.IssueSolved, p.Ended[0].Status)
	require.Equal(t, now, p.Ended[0].SolvedAt)
	require.Equal(t, monitor.AlertSolved, p.Alerts[0].Status)
	require.Equal(t, now, p.Alerts[0].SolvedAt)
	require.True(t, p.Alerts[0].Acknowledged)
	require.Equal(t, monitor.Low, p.Alerts[0].AcknowledgePriority)
}

func TestSolveAlert_R62_NotOfASolvableMonitor(t *testing.T) {
	t.Parallel()
	refused(t, lifecycle.SolveAlert(solvable(), ana), linked(1), monitor.CodeConflict,
		`alert 1 cannot be solved by hand: the issues of monitor "stuck_orders" are solved by its runs. Drop issues that are none`)
}

func TestAlertActions_R60_R61_R62_NotOfASolvedAlert(t *testing.T) {
	t.Parallel()
	a := alert(7, monitor.Low)
	a.Status = monitor.AlertSolved
	d := solvable(notSolvable)
	for done, action := range map[string]lifecycle.Action{
		"acknowledged": lifecycle.Acknowledge(d, ana),
		"locked":       lifecycle.Lock(d, ana),
		"unlocked":     lifecycle.Unlock(d, ana),
		"solved":       lifecycle.SolveAlert(d, ana),
	} {
		refused(t, action, one(a), monitor.CodeConflict, "alert 7 is solved already: only an active alert can be "+done)
		refused(t, action, snapshot(nil), monitor.CodeNotFound, "there is no such alert")
	}
}

func TestDropIssue_R63(t *testing.T) {
	t.Parallel()
	a := alert(1, monitor.Low)
	a.ActiveIssues = 2
	p := act(t, lifecycle.DropIssue(solvable(), ana), snapshot([]monitor.Alert{a}, issue(4, 1)))
	require.Equal(t, []string{"issue_dropped i4"}, names(p))
	require.Equal(t, monitor.ReasonPerson, p.Events[0].Extra.Reason)
	require.Equal(t, monitor.IssueDropped, p.Ended[0].Status)
	require.Equal(t, now, p.Ended[0].DroppedAt)
	require.Zero(t, p.Ended[0].SolvedAt)
	require.Empty(t, p.Alerts)
}

func TestDropIssue_R63_TheLastOneSolvesTheAlert(t *testing.T) {
	t.Parallel()
	a := alert(1, monitor.Low)
	a.ActiveIssues = 1
	p := act(t, lifecycle.DropIssue(solvable(), ana), snapshot([]monitor.Alert{a}, issue(4, 1)))
	require.Equal(t, []string{"issue_dropped i4", "alert_solved 1"}, names(p))
	require.Equal(t, monitor.AlertSolved, p.Alerts[0].Status)
}

func TestDropIssue_R63_WithoutAnAlert(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"issue_dropped i4"}, names(act(t, lifecycle.DropIssue(solvable(), ana), snapshot(nil, issue(4, 0)))))
}

func TestDropIssue_R63_OnlyAnActiveOne(t *testing.T) {
	t.Parallel()
	ended := issue(4, 1)
	ended.Status = monitor.IssueSolved
	refused(t, lifecycle.DropIssue(solvable(), ana), snapshot(nil, ended), monitor.CodeConflict,
		"issue 4 is solved already: only an active issue can be dropped")
	refused(t, lifecycle.DropIssue(solvable(), ana), snapshot(nil), monitor.CodeNotFound, "there is no such issue")
}
