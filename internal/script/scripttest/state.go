package scripttest

import (
	"fmt"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// state is what is stored of the monitor under test: a store in memory, of one
// monitor and one run after the other.
type state struct {
	monitor monitor.Monitor
	alerts  []monitor.Alert
	issues  []monitor.Issue
	closed  map[string]bool
	// The ids given last: a database, too, counts the rows of each table.
	lastAlert, lastIssue int64
}

func newState(name string) *state {
	return &state{monitor: monitor.Monitor{ID: 1, Name: name, Enabled: true}, closed: map[string]bool{}}
}

// snapshot is what a run gets to see. What is in it is not changed any more.
func (s *state) snapshot(variables map[string]monitor.Data) monitor.Snapshot {
	return monitor.Snapshot{
		Monitor:   s.monitor,
		Alerts:    s.alerts,
		Issues:    s.issues,
		Closed:    s.closed,
		Variables: variables,
	}
}

// add makes active issues of data that a test hands in.
func (s *state) add(data []monitor.Data, modelIDKey string, now time.Time) error {
	issues := slices.Clone(s.issues)
	for i, object := range data {
		modelID, err := monitor.ModelID(object, modelIDKey)
		if err != nil {
			return fmt.Errorf("issue %d: %w", i+1, err)
		}
		if slices.ContainsFunc(issues, func(issue monitor.Issue) bool { return issue.ModelID == modelID }) {
			return fmt.Errorf("issue %d: model id %q is active already: a run goes on from where the one before it ended", i+1, modelID)
		}
		issues = append(issues, monitor.Issue{
			ID: next(&s.lastIssue), MonitorID: s.monitor.ID, ModelID: modelID, Status: monitor.IssueActive,
			Data: object, CreatedAt: now, UpdatedAt: now,
		})
	}
	s.issues = issues
	return nil
}

func next(last *int64) int64 {
	*last++
	return *last
}

// apply writes a plan, as a commit does: it gives the rows that are created their
// ids and takes over the others as the plan leaves them.
func (s *state) apply(plan *monitor.Plan) {
	alerts := make(map[int64]*monitor.Alert)
	for _, alert := range plan.NewAlerts {
		alert.ID = next(&s.lastAlert)
	}
	for _, alert := range slices.Concat(plan.Alerts, plan.NewAlerts) {
		alerts[alert.ID] = alert
	}
	for _, issue := range plan.Created {
		issue.ID = next(&s.lastIssue)
	}
	issues := make(map[int64]*monitor.Issue)
	for _, issue := range slices.Concat(plan.Created, plan.Updated, plan.Ended, plan.Linked) {
		if issue.NewAlert != nil {
			issue.AlertID, issue.NewAlert = issue.NewAlert.ID, nil
		}
		issues[issue.ID] = issue
	}
	s.takeAlerts(plan, alerts)
	s.takeIssues(plan, issues)
}

func (s *state) takeAlerts(plan *monitor.Plan, changed map[int64]*monitor.Alert) {
	var active []monitor.Alert
	for i := range s.alerts {
		alert := &s.alerts[i]
		if now, ok := changed[alert.ID]; ok {
			alert = now
		}
		if alert.Status == monitor.AlertActive {
			active = append(active, *alert)
		}
	}
	for _, alert := range plan.NewAlerts {
		active = append(active, *alert)
	}
	s.alerts = active
}

func (s *state) takeIssues(plan *monitor.Plan, changed map[int64]*monitor.Issue) {
	var active []monitor.Issue
	for i := range s.issues {
		issue := &s.issues[i]
		if now, ok := changed[issue.ID]; ok {
			issue = now
		}
		if issue.Status == monitor.IssueActive {
			active = append(active, *issue)
		} else {
			s.closed[issue.ModelID] = true
		}
	}
	for _, issue := range plan.Created {
		active = append(active, *issue)
	}
	s.issues = active
}
