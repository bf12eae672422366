package cli

import (
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// AlertPlan names an alert that a run would touch and says what would become of
// it. One that is not stored yet has no number.
func AlertPlan(a *client.PreviewAlert) (name, plan string) {
	if a.PreviousPriority == nil {
		return "alert created", fmt.Sprintf("%s, with %s", priority(a.Priority), issuesOf(a.ActiveIssues))
	}
	return alertName(a.ID), strings.Join(alertChanges(a), ", ")
}

func alertName(id *int64) string {
	if id == nil {
		return "the new alert"
	}
	return fmt.Sprintf("alert %d", *id)
}

func alertChanges(a *client.PreviewAlert) []string {
	if a.Status == string(monitor.AlertSolved) {
		return []string{fmt.Sprintf("solved, was %s with %s", priority(*a.PreviousPriority), issuesOf(a.PreviousActiveIssues))}
	}
	changes := []string{priorityChange(*a.PreviousPriority, a.Priority), issuesOf(a.ActiveIssues)}
	if a.ActiveIssues != a.PreviousActiveIssues {
		changes[1] = fmt.Sprintf("%d -> %s", a.PreviousActiveIssues, changes[1])
	}
	if a.LinkedIssues > 0 {
		changes = append(changes, fmt.Sprintf("%d linked", a.LinkedIssues))
	}
	switch {
	case a.AcknowledgeDismissed:
		changes = append(changes, "its acknowledgement is dismissed")
	case a.IsPriorityAcknowledged:
		changes = append(changes, "stays acknowledged")
	case a.Acknowledged:
		changes = append(changes, "acknowledged only at a less important priority")
	}
	if a.Locked {
		changes = append(changes, "locked")
	}
	return changes
}

func priorityChange(before, after int) string {
	switch {
	case before == after:
		return "stays " + priority(after)
	case after < before:
		return fmt.Sprintf("%s -> %s (more important)", priority(before), priority(after))
	default:
		return fmt.Sprintf("%s -> %s (less important)", priority(before), priority(after))
	}
}

// NotificationPlan names the receiver of a notification and says what it would be
// told.
func NotificationPlan(n *client.PreviewNotification) (name, plan string) {
	name, subject := oneLine(n.Receiver), alertName(n.AlertID)
	switch {
	case !n.Configured:
		return name, "nobody is told: the configuration has no receiver of this name"
	case n.Action == "none":
		return name, fmt.Sprintf("nothing about %s: %s", subject, n.Reason)
	}
	plan = fmt.Sprintf("the message about %s would be %s: %q, %s", subject, n.Action, n.Title, priority(n.Priority))
	if n.Mention {
		plan += ", with a mention"
	}
	return name, plan
}
