package trial

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// What becomes of a message about an alert.
const (
	messageCreated = "created"
	messageUpdated = "updated"
	messageClosed  = "closed"
	messageNone    = "none"
)

// Notifications tells of each alert that a plan creates or changes what the
// receivers which the code declares would be told (R82-R84), given what was
// stored. That an alert which was important enough before is shown there already
// is taken for granted.
func Notifications(d *monitor.Declaration, stored *monitor.Snapshot, plan *monitor.Plan, receivers []string) []client.PreviewNotification {
	shown := []client.PreviewNotification{}
	for i := range d.Options.Notifications {
		n := &d.Options.Notifications[i]
		for _, change := range alertChanges(stored.Alerts, plan) {
			message := client.PreviewNotification{
				Receiver:   n.Receiver,
				Configured: slices.Contains(receivers, n.Receiver),
				Title:      cmp.Or(n.Title, stored.Monitor.Name),
				AlertID:    client.IDOrNil(change.after.ID),
				Priority:   int(change.after.Priority),
			}
			message.Action, message.Reason = actionOn(n, change)
			if message.Action == messageCreated || message.Action == messageUpdated {
				message.Mention = mentions(n, change)
			}
			shown = append(shown, message)
		}
	}
	return shown
}

// actionOn tells what becomes of the message about an alert, or why there is none.
func actionOn(n *monitor.Notification, c alertChange) (action, reason string) {
	isShown := c.before != nil && wants(n, c.before)
	switch {
	case c.after.Status == monitor.AlertSolved && isShown:
		return messageClosed, ""
	case c.after.Status == monitor.AlertSolved:
		return messageNone, "it was not shown"
	case isShown:
		return messageUpdated, ""
	case wants(n, c.after):
		return messageCreated, ""
	case c.after.IsPriorityAcknowledged():
		return messageNone, "the alert is acknowledged"
	default:
		return messageNone, fmt.Sprintf("%s is not important enough to be sent", c.after.Priority)
	}
}

// wants tells whether an alert is to be shown.
func wants(n *monitor.Notification, a *monitor.Alert) bool {
	return n.Sends(a.Priority) && !a.IsPriorityAcknowledged()
}

// mentions tells whether somebody is called upon: at each turn to an alert that
// is important enough and not acknowledged, or if asked for at each change.
func mentions(n *monitor.Notification, c alertChange) bool {
	calls := func(a *monitor.Alert) bool { return n.Mentions(a.Priority) && !a.IsPriorityAcknowledged() }
	return calls(c.after) && (n.MentionOnUpdate || c.before == nil || !calls(c.before))
}
