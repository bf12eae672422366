package lifecycle_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPlan_R40_WithoutARuleNoAlertIsMade(t *testing.T) {
	t.Parallel()
	d := solvable(rule(nil))
	s := snapshot(nil, issue(1, 0))
	require.Equal(t, []string{"issue_created a"}, names(plan(d, found(t, d, s, "a"), s)))
}

func TestPlan_R40_AlertsOutliveTheirRule(t *testing.T) {
	t.Parallel()
	d := solvable(rule(nil))
	s := linked(3)
	s.Alerts[0].Priority = monitor.Critical

	o := found(t, d, s, "a")
	require.Equal(t, []string{"issue_created a"}, names(plan(d, o, s)))

	p := plan(d, &monitor.Outcome{Solved: solved(1)}, s)
	require.Equal(t, []string{"issue_solved i1", "alert_updated 1"}, names(p))
	require.Equal(t, monitor.Critical, p.Alerts[0].Priority)

	p = plan(d, &monitor.Outcome{Solved: solved(1, 2, 3)}, s)
	require.Equal(t, "alert_solved 1", names(p)[3])
}

func TestPlan_R41_NoLevelTriggeredNoAlert(t *testing.T) {
	t.Parallel()
	d := solvable(rule(&monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Low: 2}}))
	s := snapshot(nil, issue(1, 0))
	p := plan(d, found(t, d, s, "a"), s)
	require.Equal(t, []string{"issue_created a"}, names(p))

	p = plan(d, found(t, d, s, "a", "b"), s)
	require.Equal(t, []string{
		"issue_created a", "issue_created b", "alert_created 0",
		"issue_linked i1", "issue_linked a", "issue_linked b", "alert_issues_linked 0", "alert_updated 0",
	}, names(p), "issues that were left before are looked at again")
}

func TestPlan_R41_CreatesAnAlert(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0))
	p := plan(solvable(), found(t, solvable(), s, "a", "b"), s)
	require.Equal(t, []*monitor.Alert{{
		MonitorID: 1, Status: monitor.AlertActive, Priority: monitor.High, CreatedAt: now, UpdatedAt: now, ActiveIssues: 3,
	}}, p.NewAlerts)
	require.Empty(t, p.Alerts)
	require.Equal(t, []string{"i1"}, modelIDs(p.Linked))
	for _, issue := range append(p.Linked, p.Created...) {
		require.Same(t, p.NewAlerts[0], issue.NewAlert)
		require.Zero(t, issue.AlertID)
	}
}

func TestPlan_R41_LinksToTheOldestAlertThatIsNotLocked(t *testing.T) {
	t.Parallel()
	s := snapshot([]monitor.Alert{alert(1, monitor.Low), alert(2, monitor.Low), alert(3, monitor.Low)},
		issue(1, 1), issue(2, 2), issue(3, 3), issue(4, 0))
	s.Alerts[0].Locked = true
	p := plan(solvable(), found(t, solvable(), s, "a"), s)
	require.Equal(t, []string{
		"issue_created a", "issue_linked i4", "issue_linked a", "alert_issues_linked 2",
		"alert_priority_increased 2", "alert_updated 2",
	}, names(p))
	require.Equal(t, []string{"i4"}, modelIDs(p.Linked))
	require.Equal(t, int64(2), p.Linked[0].AlertID)
	require.Equal(t, int64(2), p.Created[0].AlertID)
	require.Len(t, p.Alerts, 1)
	require.Equal(t, 3, p.Alerts[0].ActiveIssues)
	require.Empty(t, p.NewAlerts)
}

func TestPlan_R41_NewIssuesKeepAnAlertAlive(t *testing.T) {
	t.Parallel()
	s := linked(1)
	o := found(t, solvable(), s, "a")
	o.Solved = solved(1)
	p := plan(solvable(), o, s)
	require.Equal(t, []string{
		"issue_solved i1", "issue_created a", "issue_linked a", "alert_issues_linked 1", "alert_updated 1",
	}, names(p))
}

func TestPlan_R41_IssuesThatEndInThisRunCountForNothing(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0), issue(2, 0), issue(3, 0))
	p := plan(solvable(), &monitor.Outcome{Solved: solved(1, 2)}, s)
	require.Equal(t, monitor.Low, p.NewAlerts[0].Priority)
	require.Equal(t, []string{"i3"}, modelIDs(p.Linked))
}

func TestPlan_R42_NamesTheLinkedIssues(t *testing.T) {
	t.Parallel()
	s := snapshot(nil, issue(1, 0))
	p := plan(solvable(), found(t, solvable(), s, "a"), s)
	require.Equal(t, monitor.AlertIssuesLinked, p.Events[4].Name)
	require.Equal(t, []string{"i1", "a"}, modelIDs(p.Events[4].Extra.Linked))
	require.Same(t, p.Linked[0], p.Events[4].Extra.Linked[0])
}

func TestPlan_R42_NewIssuesDismissAnAcknowledgement(t *testing.T) {
	t.Parallel()
	dismiss := func(d *monitor.Declaration) { d.Options.DismissAcknowledgeOnNewIssues = true }
	s := linked(1)
	s.Alerts[0].Acknowledged, s.Alerts[0].AcknowledgePriority = true, monitor.Low

	p := plan(solvable(dismiss), found(t, solvable(), s, "a"), s)
	require.Equal(t, []string{
		"issue_created a", "issue_linked a", "alert_issues_linked 1", "alert_acknowledge_dismissed 1", "alert_updated 1",
	}, names(p))
	require.False(t, p.Alerts[0].Acknowledged)
	require.Zero(t, p.Alerts[0].AcknowledgePriority)

	p = plan(solvable(), found(t, solvable(), s, "a"), s)
	require.True(t, p.Alerts[0].Acknowledged, "without the option")
	p = plan(solvable(dismiss), updated(t, solvable(), s, data("i1", 9)), s)
	require.True(t, p.Alerts[0].Acknowledged, "without new issues")
}

func TestPlan_R43_PriorityFollowsTheIssues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		was    monitor.Priority
		solved map[int64]bool
		now    monitor.Priority
		event  string
	}{
		"rises":                    {monitor.Low, nil, monitor.High, "alert_priority_increased 1"},
		"falls":                    {monitor.High, solved(1), monitor.Low, "alert_priority_decreased 1"},
		"falls from informational": {monitor.Informational, solved(1, 2), monitor.Low, "alert_priority_increased 1"},
	} {
		s := linked(3)
		s.Alerts[0].Priority = test.was
		p := plan(solvable(), &monitor.Outcome{Solved: test.solved}, s)
		events := names(p)
		require.Equal(t, []string{test.event, "alert_updated 1"}, events[len(events)-2:], name)
		require.Equal(t, test.now, p.Alerts[0].Priority, name)
		require.Equal(t, monitor.Extra{PreviousPriority: test.was}, p.Events[len(events)-2].Extra, name)
	}
}

func TestPlan_R43_NoLevelTriggeredIsLow(t *testing.T) {
	t.Parallel()
	d := solvable(rule(&monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Critical: 5}}))
	s := linked(1)
	s.Alerts[0].Priority = monitor.Critical
	require.Equal(t, monitor.Low, plan(d, &monitor.Outcome{}, s).Alerts[0].Priority)
}

func TestPlan_R43_LockedAlertsFollowTheirIssuesToo(t *testing.T) {
	t.Parallel()
	s := linked(3)
	s.Alerts[0].Locked = true
	require.Equal(t, []string{"alert_priority_increased 1", "alert_updated 1"}, names(plan(solvable(), &monitor.Outcome{}, s)))
}

func TestPlan_R44_AlertsEndWithTheirLastIssue(t *testing.T) {
	t.Parallel()
	s := linked(2)
	p := plan(solvable(), &monitor.Outcome{Solved: solved(1, 2)}, s)
	require.Equal(t, []string{"issue_solved i1", "issue_solved i2", "alert_solved 1"}, names(p))
	require.Equal(t, monitor.AlertSolved, p.Alerts[0].Status)
	require.Equal(t, now, p.Alerts[0].SolvedAt)
	require.Zero(t, p.Alerts[0].ActiveIssues)
	require.Equal(t, monitor.AlertActive, s.Alerts[0].Status, "what was handed in is left alone")
}

func TestPlan_R44_AlertsWhoseIssuesChangedAreUpdated(t *testing.T) {
	t.Parallel()
	s := snapshot([]monitor.Alert{alert(1, monitor.Low), alert(2, monitor.Low), alert(3, monitor.Low)},
		issue(1, 1), issue(2, 1), issue(3, 2), issue(4, 3))
	o := updated(t, solvable(), s, data("i3", 8))
	o.Solved = solved(1)
	p := plan(solvable(), o, s)
	require.Equal(t, []string{"issue_updated_not_solved i3", "issue_solved i1", "alert_updated 1", "alert_updated 2"}, names(p))
	require.Len(t, p.Alerts, 2)
	require.Equal(t, now, p.Alerts[0].UpdatedAt)
}

func TestPlan_R44_NothingChangedNothingWritten(t *testing.T) {
	t.Parallel()
	p := plan(solvable(), &monitor.Outcome{}, linked(2))
	require.True(t, p.IsEmpty())
	require.NotNil(t, p.Execution)
}
