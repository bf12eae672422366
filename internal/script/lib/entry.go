package lib

import "github.com/vedettehq/vedette/internal/monitor"

// entryPoint is a function that a monitor defines and the platform calls. Its
// signature is as it can stand behind def: the language has no types there.
type entryPoint struct{ Signature, Doc string }

// routines are those of a run.
var routines = []entryPoint{
	{"search()", "Finds problems: returns a list with a dict of data for each, or None."},
	{"update(issues)", "Takes the data of all active issues, and returns a list of what it is now, or None."},
	{"is_solved(issue)", "Takes an issue's data, and returns whether it is over: True or False."},
}

// moments are when a reaction to an event is called.
var moments = map[monitor.EventName]string{
	monitor.AlertAcknowledgeDismissed: "new issues took an alert's acknowledgement away",
	monitor.AlertAcknowledged:         "somebody acknowledged an alert",
	monitor.AlertCreated:              "an alert was created",
	monitor.AlertIssuesLinked:         "issues were added to an alert: event.extra has their ids, issue_ids",
	monitor.AlertLockedEvent:          "somebody locked an alert: it gains no more issues",
	monitor.AlertPriorityDecreased:    "an alert became less important: event.extra has its previous_priority",
	monitor.AlertPriorityIncreased:    "an alert became more important: event.extra has its previous_priority",
	monitor.AlertSolvedEvent:          "an alert was solved: it has no active issue left",
	monitor.AlertUnlocked:             "somebody unlocked an alert: it gains issues again",
	monitor.AlertUpdated:              "an alert that goes on had its issues, their data or its priority changed",
	monitor.IssueLinked:               "an issue was added to an alert",
	monitor.IssueCreated:              "an issue was created",
	monitor.IssueDroppedEvent:         "an issue was dropped: event.extra has the reason",
	monitor.IssueSolvedEvent:          "an issue was solved: event.extra has the reason",
	monitor.IssueUpdatedNotSolved:     "an issue's data changed, and it is not over",
	monitor.IssueUpdatedSolved:        "an issue's data changed, and says that it is over",
	monitor.MonitorEnabledChanged:     "somebody enabled or disabled the monitor",
	monitor.NotificationClosed:        "a message about an alert was closed",
	monitor.NotificationCreated:       "a message about an alert was sent",
}

// entryPoints are all functions that the platform looks for.
func entryPoints() []entryPoint {
	entries := append([]entryPoint{}, routines...)
	for _, event := range monitor.EventNames {
		entries = append(entries, entryPoint{"on_" + string(event) + "(event)", "Called after " + moments[event] + "."})
	}
	return entries
}
