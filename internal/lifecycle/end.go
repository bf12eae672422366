package lifecycle

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// endIssue makes an active issue solved or dropped and gives the event for it.
func endIssue(issue *monitor.Issue, status monitor.IssueStatus, now time.Time) monitor.EventName {
	issue.Status = status
	issue.UpdatedAt = now
	if status == monitor.IssueDropped {
		issue.DroppedAt = now
		return monitor.IssueDroppedEvent
	}
	issue.SolvedAt = now
	return monitor.IssueSolvedEvent
}

// endAlert makes an active alert solved.
func endAlert(alert *monitor.Alert, now time.Time) {
	alert.Status = monitor.AlertSolved
	alert.SolvedAt = now
	alert.UpdatedAt = now
	alert.ActiveIssues = 0
}
