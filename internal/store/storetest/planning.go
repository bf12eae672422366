package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// planning makes a plan from a snapshot, as lifecycle would, with the events that
// belong to it.
type planning struct {
	monitor.Plan
	snapshot monitor.Snapshot
	now      time.Time
	// react has deliveries made for all events.
	react bool
}

// decide makes a function for Commit.
func (f *fixture) decide(changes ...func(*planning)) func(monitor.Snapshot) monitor.Plan {
	return decide(f.now, changes...)
}

func decide(now time.Time, changes ...func(*planning)) func(monitor.Snapshot) monitor.Plan {
	return func(snapshot monitor.Snapshot) monitor.Plan {
		p := &planning{snapshot: snapshot, now: now}
		p.Execution = &monitor.ExecutionEnd{Status: monitor.ExecutionSucceeded, Proven: true}
		p.snapshot.Issues, p.snapshot.Alerts = slices.Clone(snapshot.Issues), slices.Clone(snapshot.Alerts)
		for _, change := range changes {
			change(p)
		}
		return p.Plan
	}
}

func (p *planning) event(name monitor.EventName, event monitor.Event) {
	event.Name, event.Keep, event.React = name, true, p.react
	event.Extra.Actor = p.Actor
	p.Events = append(p.Events, event)
}

// reacting has deliveries made for the events of the changes after it.
func reacting(p *planning) { p.react = true }

// creating creates issues with these model ids, linked to the oldest active alert
// or a new one.
func creating(modelIDs ...string) func(*planning) {
	return func(p *planning) {
		alert, created := p.alert()
		link := monitor.Extra{}
		for _, id := range modelIDs {
			issue := &monitor.Issue{
				ModelID: id, Status: monitor.IssueActive, Data: monitor.Data(fmt.Sprintf(`{"id":%q,"n":1.50}`, id)),
				CreatedAt: p.now, UpdatedAt: p.now, AlertID: alert.ID,
			}
			if created {
				issue.NewAlert = alert
			}
			p.Created = append(p.Created, issue)
			p.event(monitor.IssueCreated, monitor.Event{Issue: issue})
			p.event(monitor.IssueLinked, monitor.Event{Issue: issue})
			link.Linked = append(link.Linked, issue)
			alert.ActiveIssues++
		}
		if created {
			p.NewAlerts = append(p.NewAlerts, alert)
			p.event(monitor.AlertCreated, monitor.Event{Alert: alert})
		}
		p.event(monitor.AlertIssuesLinked, monitor.Event{Alert: alert, Extra: link})
	}
}

func (p *planning) alert() (alert *monitor.Alert, created bool) {
	if len(p.snapshot.Alerts) > 0 {
		return &p.snapshot.Alerts[0], false
	}
	return &monitor.Alert{Status: monitor.AlertActive, Priority: monitor.Low, CreatedAt: p.now, UpdatedAt: p.now}, true
}

// unlinked creates issues without an alert.
func unlinked(modelIDs ...string) func(*planning) {
	return func(p *planning) {
		for _, id := range modelIDs {
			issue := &monitor.Issue{
				ModelID: id, Status: monitor.IssueActive, Data: monitor.Data(fmt.Sprintf(`{"id":%q}`, id)), CreatedAt: p.now, UpdatedAt: p.now,
			}
			p.Created = append(p.Created, issue)
			p.event(monitor.IssueCreated, monitor.Event{Issue: issue})
		}
	}
}

// linking puts the active issues that have no alert into a new one.
func linking(p *planning) {
	alert, _ := p.alert()
	p.NewAlerts = append(p.NewAlerts, alert)
	link := monitor.Extra{}
	for i := range p.snapshot.Issues {
		issue := &p.snapshot.Issues[i]
		if issue.AlertID == 0 {
			issue.NewAlert = alert
			p.Linked = append(p.Linked, issue)
			link.Linked = append(link.Linked, issue)
			p.event(monitor.IssueLinked, monitor.Event{Issue: issue})
		}
	}
	p.event(monitor.AlertCreated, monitor.Event{Alert: alert})
	p.event(monitor.AlertIssuesLinked, monitor.Event{Alert: alert, Extra: link})
}

// updating replaces the data of all active issues.
func updating(data monitor.Data) func(*planning) {
	return func(p *planning) {
		for i := range p.snapshot.Issues {
			issue := &p.snapshot.Issues[i]
			issue.Data, issue.UpdatedAt = data, p.now
			p.Updated = append(p.Updated, issue)
			p.event(monitor.IssueUpdatedNotSolved, monitor.Event{Issue: issue})
		}
	}
}

// solving solves all active issues and alerts.
func solving(p *planning) {
	for i := range p.snapshot.Issues {
		issue := &p.snapshot.Issues[i]
		issue.Status, issue.UpdatedAt, issue.SolvedAt = monitor.IssueSolved, p.now, p.now
		p.Ended = append(p.Ended, issue)
		p.event(monitor.IssueSolvedEvent, monitor.Event{Issue: issue, Extra: monitor.Extra{Reason: monitor.ReasonPredicate}})
	}
	p.solveAlerts()
}

// dropping drops all active issues and solves the alerts.
func dropping(p *planning) {
	for i := range p.snapshot.Issues {
		issue := &p.snapshot.Issues[i]
		issue.Status, issue.UpdatedAt, issue.DroppedAt = monitor.IssueDropped, p.now, p.now
		p.Ended = append(p.Ended, issue)
		p.event(monitor.IssueDroppedEvent, monitor.Event{Issue: issue, Extra: monitor.Extra{Reason: monitor.ReasonPerson}})
	}
	p.solveAlerts()
}

func (p *planning) solveAlerts() {
	for i := range p.snapshot.Alerts {
		alert := &p.snapshot.Alerts[i]
		alert.Status, alert.UpdatedAt, alert.SolvedAt, alert.ActiveIssues = monitor.AlertSolved, p.now, p.now, 0
		p.Alerts = append(p.Alerts, alert)
		p.event(monitor.AlertSolvedEvent, monitor.Event{Alert: alert})
	}
}

// person makes a function for Change, in somebody's name.
func (f *fixture) person(changes ...func(*planning)) func(monitor.Snapshot) (monitor.Plan, error) {
	return func(snapshot monitor.Snapshot) (monitor.Plan, error) {
		decide := f.decide(append([]func(*planning){func(p *planning) { p.Actor, p.Execution = "ada", nil }}, changes...)...)
		return decide(snapshot), nil
	}
}
