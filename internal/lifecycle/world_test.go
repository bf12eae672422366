package lifecycle_test

import (
	"maps"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// world is a store in memory, of one monitor. Plans are applied to it with the
// strictness of a database.
type world struct {
	t         require.TestingT
	now       time.Time
	monitor   monitor.Monitor
	issues    map[int64]monitor.Issue
	alerts    map[int64]monitor.Alert
	variables map[string]monitor.Data
	lastID    int64
}

func newWorld(t require.TestingT) *world {
	return &world{
		t: t, now: now,
		monitor:   monitor.Monitor{ID: 1, Name: "m", Enabled: true},
		issues:    make(map[int64]monitor.Issue),
		alerts:    make(map[int64]monitor.Alert),
		variables: make(map[string]monitor.Data),
	}
}

func sorted[T any](rows map[int64]T, keep func(T) bool) []T {
	var found []T
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		if keep(rows[id]) {
			found = append(found, rows[id])
		}
	}
	return found
}

func isActive(issue monitor.Issue) bool      { return issue.Status == monitor.IssueActive }
func isActiveAlert(alert monitor.Alert) bool { return alert.Status == monitor.AlertActive }

// snapshot is what a run gets to see.
func (w *world) snapshot() monitor.Snapshot {
	return monitor.Snapshot{Monitor: w.monitor, Alerts: sorted(w.alerts, isActiveAlert), Issues: sorted(w.issues, isActive)}
}

func (w *world) activeIssues(alertID int64) []monitor.Issue {
	return sorted(w.issues, func(issue monitor.Issue) bool { return isActive(issue) && issue.AlertID == alertID })
}

// closed holds the model ids of all issues that have ended.
func (w *world) closed() map[string]bool {
	ids := make(map[string]bool)
	for _, issue := range w.issues {
		if !isActive(issue) {
			ids[issue.ModelID] = true
		}
	}
	return ids
}

func copyOf(s monitor.Snapshot) monitor.Snapshot {
	s.Issues, s.Alerts = slices.Clone(s.Issues), slices.Clone(s.Alerts)
	return s
}

// apply writes a plan as a store does, and checks that each row was in the state
// in which the plan takes it to be.
func (w *world) apply(p monitor.Plan) {
	for _, alert := range p.NewAlerts {
		require.Zero(w.t, alert.ID)
		w.lastID++
		alert.ID = w.lastID
		w.put(*alert)
	}
	for _, issue := range p.Created {
		require.Zero(w.t, issue.ID)
		require.Equal(w.t, monitor.IssueActive, issue.Status)
		w.lastID++
		issue.ID = w.lastID
	}
	for _, issue := range slices.Concat(p.Created, p.Linked) {
		require.Zero(w.t, w.issues[issue.ID].AlertID)
		if issue.NewAlert != nil {
			require.Contains(w.t, p.NewAlerts, issue.NewAlert)
			issue.AlertID, issue.NewAlert = issue.NewAlert.ID, nil
		}
	}
	for _, issue := range slices.Concat(p.Updated, p.Ended, p.Linked) {
		require.Equal(w.t, monitor.IssueActive, w.issues[issue.ID].Status)
	}
	w.checkColumns(p)
	for _, issue := range slices.Concat(p.Created, p.Updated, p.Ended, p.Linked) {
		w.issues[issue.ID] = *issue
	}
	for _, alert := range p.Alerts {
		require.Equal(w.t, monitor.AlertActive, w.alerts[alert.ID].Status)
		w.put(*alert)
	}
	maps.Copy(w.variables, p.Variables)
	if p.Monitor != nil && p.Monitor.Enabled != nil {
		w.monitor.Enabled = *p.Monitor.Enabled
	}
	if p.Monitor != nil && p.Monitor.Archive {
		w.monitor.ArchivedAt = w.now
	}
}

// put stores an alert. What is only ever read is not stored.
func (w *world) put(alert monitor.Alert) {
	alert.ActiveIssues = 0
	w.alerts[alert.ID] = alert
}

// checkColumns requires of each list that its rows differ from what is stored
// only in what the list is about: a store writes no more than that.
func (w *world) checkColumns(p monitor.Plan) {
	for _, issue := range slices.Concat(p.Updated, p.Ended, p.Linked) {
		expected := w.issues[issue.ID]
		expected.UpdatedAt = issue.UpdatedAt
		if slices.Contains(p.Updated, issue) {
			expected.Data = issue.Data
		}
		if slices.Contains(p.Ended, issue) {
			expected.Status, expected.SolvedAt, expected.DroppedAt = issue.Status, issue.SolvedAt, issue.DroppedAt
		}
		if slices.Contains(p.Linked, issue) {
			expected.AlertID = issue.AlertID
		}
		require.Equal(w.t, expected, *issue)
	}
}

// checkInvariants requires what must hold after every commit.
func (w *world) checkInvariants() {
	active := make(map[string]bool)
	for _, issue := range sorted(w.issues, isActive) {
		require.False(w.t, active[issue.ModelID], "two active issues of model id %s", issue.ModelID)
		active[issue.ModelID] = true
		if issue.AlertID != 0 {
			require.Equal(w.t, monitor.AlertActive, w.alerts[issue.AlertID].Status, "issue %d", issue.ID)
		}
	}
	for _, alert := range sorted(w.alerts, isActiveAlert) {
		require.NotEmpty(w.t, w.activeIssues(alert.ID), "alert %d", alert.ID)
	}
}

// checkEndedStay requires that what has ended never changes again.
func (w *world) checkEndedStay(before *world) {
	for id, issue := range before.issues {
		if !isActive(issue) {
			require.Equal(w.t, issue, w.issues[id])
		}
	}
	for id, alert := range before.alerts {
		if !isActiveAlert(alert) {
			require.Equal(w.t, alert, w.alerts[id])
			require.ElementsMatch(w.t, before.members(id), w.members(id), "issues of alert %d", id)
		}
	}
}

// members lists all issues an alert ever had.
func (w *world) members(alertID int64) []int64 {
	var ids []int64
	for id, issue := range w.issues {
		if issue.AlertID == alertID {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (w *world) clone() *world {
	c := *w
	c.issues, c.alerts = maps.Clone(w.issues), maps.Clone(w.alerts)
	c.variables = maps.Clone(w.variables)
	return &c
}
