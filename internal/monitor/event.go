package monitor

import (
	"encoding/json"
	"time"
)

// EventName names what happened.
type EventName string

// The events.
const (
	AlertAcknowledgeDismissed EventName = "alert_acknowledge_dismissed"
	AlertAcknowledged         EventName = "alert_acknowledged"
	AlertCreated              EventName = "alert_created"
	AlertIssuesLinked         EventName = "alert_issues_linked"
	AlertLockedEvent          EventName = "alert_locked"
	AlertPriorityDecreased    EventName = "alert_priority_decreased"
	AlertPriorityIncreased    EventName = "alert_priority_increased"
	AlertSolvedEvent          EventName = "alert_solved"
	AlertUnlocked             EventName = "alert_unlocked"
	AlertUpdated              EventName = "alert_updated"
	IssueLinked               EventName = "issue_linked"
	IssueCreated              EventName = "issue_created"
	IssueDroppedEvent         EventName = "issue_dropped"
	IssueSolvedEvent          EventName = "issue_solved"
	IssueUpdatedNotSolved     EventName = "issue_updated_not_solved"
	IssueUpdatedSolved        EventName = "issue_updated_solved"
	MonitorEnabledChanged     EventName = "monitor_enabled_changed"
	NotificationClosed        EventName = "notification_closed"
	NotificationCreated       EventName = "notification_created"
)

// EventNames lists all events: a monitor may define on_<name> for each.
var EventNames = [...]EventName{
	AlertAcknowledgeDismissed, AlertAcknowledged, AlertCreated, AlertIssuesLinked,
	AlertLockedEvent, AlertPriorityDecreased, AlertPriorityIncreased, AlertSolvedEvent,
	AlertUnlocked, AlertUpdated, IssueLinked, IssueCreated, IssueDroppedEvent,
	IssueSolvedEvent, IssueUpdatedNotSolved, IssueUpdatedSolved, MonitorEnabledChanged,
	NotificationClosed, NotificationCreated,
}

// EventSource says what kind of thing an event is about.
type EventSource string

// The sources of events.
const (
	SourceAlert        EventSource = "alert"
	SourceIssue        EventSource = "issue"
	SourceMonitor      EventSource = "monitor"
	SourceNotification EventSource = "notification"
)

// Event is a fact in a [Plan]: it is written with the change that caused it
// (R03). Exactly one of Issue, Alert, Monitor and Notice is set: its source, in
// the state in which the plan leaves it.
type Event struct {
	Name    EventName
	Issue   *Issue
	Alert   *Alert
	Monitor *Monitor
	Notice  *Notice
	Extra   Extra
	// Keep tells whether it stays in the history afterwards (R80).
	Keep bool
	// React tells whether the monitor has a function for it.
	React bool
}

// Extra is what an event says beyond its source's state (extra_payload).
type Extra struct {
	PreviousPriority Priority  `json:"previous_priority,omitempty"`
	Reason           EndReason `json:"reason,omitempty"`
	Actor            string    `json:"actor,omitempty"`
	Comment          string    `json:"comment,omitempty"`
	// Linked are the issues of alert_issues_linked, written as issue_ids.
	Linked []*Issue `json:"-"`
}

// MarshalJSON writes the payload. It is to be called when the store has given
// the linked issues their ids.
func (e Extra) MarshalJSON() ([]byte, error) {
	type plain Extra
	out := struct {
		plain
		IssueIDs []int64 `json:"issue_ids,omitempty"`
	}{plain: plain(e)}
	for _, issue := range e.Linked {
		out.IssueIDs = append(out.IssueIDs, issue.ID)
	}
	return json.Marshal(out)
}

// EventRecord is an event as it is stored: what reactions, the API and the
// event stream are given.
type EventRecord struct {
	ID          int64
	Name        EventName
	Source      EventSource
	SourceID    int64
	MonitorID   int64
	MonitorName string
	// ExecutionID is 0 for what a person did.
	ExecutionID int64
	// VersionID is the monitor's version that made the event; 0 for a person's.
	VersionID int64
	// Data is the source's state after the change; of an issue with its data.
	Data Data
	// Extra is extra_payload: an object.
	Extra Data
	// Actor is who did it; empty for what a run did.
	Actor     string
	CreatedAt time.Time
}
