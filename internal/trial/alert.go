package trial

import (
	"slices"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// alertChange is an alert before and after.
type alertChange struct {
	// before is nil for one that would be created.
	before *monitor.Alert
	after  *monitor.Alert
	// linked counts the issues that it gains.
	linked    int
	dismissed bool
}

// alertChanges lists the alerts that a plan creates or changes, given those that
// are stored.
func alertChanges(stored []monitor.Alert, plan *monitor.Plan) []alertChange {
	before := make(map[int64]*monitor.Alert, len(stored))
	for i := range stored {
		before[stored[i].ID] = &stored[i]
	}
	var changes []alertChange
	place := map[*monitor.Alert]int{}
	for _, alert := range slices.Concat(plan.NewAlerts, plan.Alerts) {
		place[alert] = len(changes)
		changes = append(changes, alertChange{before: before[alert.ID], after: alert})
	}
	for i := range plan.Events {
		event := &plan.Events[i]
		at, known := place[event.Alert]
		if !known {
			continue
		}
		switch event.Name {
		case monitor.AlertIssuesLinked:
			changes[at].linked += len(event.Extra.Linked)
		case monitor.AlertAcknowledgeDismissed:
			changes[at].dismissed = true
		default: // the alerts themselves say the rest
		}
	}
	return changes
}

func showAlert(c alertChange) client.PreviewAlert {
	shown := client.PreviewAlert{
		ID:                     client.IDOrNil(c.after.ID),
		Status:                 string(c.after.Status),
		Priority:               int(c.after.Priority),
		ActiveIssues:           c.after.ActiveIssues,
		LinkedIssues:           c.linked,
		Acknowledged:           c.after.Acknowledged,
		IsPriorityAcknowledged: c.after.IsPriorityAcknowledged(),
		AcknowledgeDismissed:   c.dismissed,
		Locked:                 c.after.Locked,
	}
	if c.before != nil {
		previous := int(c.before.Priority)
		shown.PreviousPriority, shown.PreviousActiveIssues = &previous, c.before.ActiveIssues
	}
	return shown
}
