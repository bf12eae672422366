package lifecycle

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Person is somebody who acts on a monitor, and when.
type Person struct {
	Actor   string
	Comment string
	Now     time.Time
}

// Action decides what a person's action changes, given what is stored of what it
// is about. Its errors are coded: CodeConflict if the state does not allow it,
// CodeInvalid if what was asked for makes no sense. An empty plan means that all
// is already as it is to be.
type Action func(monitor.Snapshot) (monitor.Plan, error)

// deed is the plan of an action in the making.
type deed struct {
	by      Person
	journal journal
	plan    monitor.Plan
}

// begin starts the plan of an action. Its events always stay in the history,
// whatever is configured for those of runs (R80).
func begin(d *monitor.Declaration, by Person) *deed {
	return &deed{
		by:      by,
		journal: journal{reactions: d.Reactions, keep: true, actor: by.Actor, comment: by.Comment},
		plan:    monitor.Plan{Actor: by.Actor, Notify: d.Notifies()},
	}
}

func (d *deed) done() (monitor.Plan, error) {
	d.plan.Events = d.journal.events
	return d.plan, nil
}

// changeAlert gives a copy of an alert that is part of the plan.
func (d *deed) changeAlert(alert monitor.Alert) *monitor.Alert {
	alert.UpdatedAt = d.by.Now
	d.plan.Alerts = append(d.plan.Alerts, &alert)
	return &alert
}

// endIssues ends issues, all of which must be active.
func (d *deed) endIssues(issues []monitor.Issue, status monitor.IssueStatus, reason monitor.EndReason) {
	var arena arena
	for i := range issues {
		issue := arena.add(issues[i])
		name := endIssue(issue, status, d.by.Now)
		d.plan.Ended = append(d.plan.Ended, issue)
		d.journal.issue(name, issue, monitor.Extra{Reason: reason})
	}
}

func (d *deed) endAlert(alert *monitor.Alert, reason monitor.EndReason) {
	endAlert(alert, d.by.Now)
	d.journal.alert(monitor.AlertSolvedEvent, alert, monitor.Extra{Reason: reason})
}

// endAll drops the active issues and solves the active alerts of a snapshot.
func (d *deed) endAll(s *monitor.Snapshot, reason monitor.EndReason) {
	d.endIssues(s.Issues, monitor.IssueDropped, reason)
	for i := range s.Alerts {
		d.endAlert(d.changeAlert(s.Alerts[i]), reason)
	}
}
