package lifecycle_test

import (
	"fmt"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// changes says in the words of events what a commit changed. It knows nothing of
// plans: it only looks at what was stored before and after.
type changes struct {
	before, after *world
	// touched holds the alerts whose issues changed or ended, linked the issues
	// that alerts gained.
	touched map[int64]bool
	linked  map[int64][]int64
	events  []string
}

// changesBetween lists the events to be expected, sorted. A run also says of
// alerts that they changed (R44).
func changesBetween(before, after *world, isRun bool) []string {
	c := &changes{before: before, after: after, touched: make(map[int64]bool), linked: make(map[int64][]int64), events: []string{}}
	for id, issue := range after.issues {
		c.addIssue(before.issues[id], issue)
	}
	for id, alert := range after.alerts {
		old, isOld := before.alerts[id]
		if !isOld {
			c.add(monitor.AlertCreated, id)
			old = alert
		}
		c.addAlert(old, alert, isRun)
	}
	if after.monitor.Enabled != before.monitor.Enabled {
		c.add(monitor.MonitorEnabledChanged, after.monitor.ID)
	}
	slices.Sort(c.events)
	return c.events
}

func (c *changes) add(name monitor.EventName, id int64, extra ...any) {
	c.events = append(c.events, describe(name, id, extra...))
}

func (c *changes) addIssue(old, issue monitor.Issue) {
	if old.ID == 0 {
		c.add(monitor.IssueCreated, issue.ID)
	} else if old.Data != issue.Data {
		c.add(monitor.IssueUpdatedNotSolved, issue.ID)
		c.touched[issue.AlertID] = true
	}
	if isActive(old) && issue.Status == monitor.IssueSolved {
		c.add(monitor.IssueSolvedEvent, issue.ID)
		c.touched[issue.AlertID] = true
	}
	if isActive(old) && issue.Status == monitor.IssueDropped {
		c.add(monitor.IssueDroppedEvent, issue.ID)
		c.touched[issue.AlertID] = true
	}
	if old.AlertID != issue.AlertID {
		c.add(monitor.IssueLinked, issue.ID)
		c.linked[issue.AlertID] = append(c.linked[issue.AlertID], issue.ID)
	}
}

func (c *changes) addAlert(old, alert monitor.Alert, isRun bool) {
	id := alert.ID
	gained := c.linked[id]
	if len(gained) > 0 {
		slices.Sort(gained)
		c.add(monitor.AlertIssuesLinked, id, gained)
	}
	if old.Acknowledged && !alert.Acknowledged {
		c.add(monitor.AlertAcknowledgeDismissed, id)
	} else if isActiveAlert(alert) && alert.AcknowledgePriority != old.AcknowledgePriority {
		c.add(monitor.AlertAcknowledged, id)
	}
	if alert.Locked && !old.Locked {
		c.add(monitor.AlertLockedEvent, id)
	}
	if !alert.Locked && old.Locked {
		c.add(monitor.AlertUnlocked, id)
	}
	if alert.Priority < old.Priority {
		c.add(monitor.AlertPriorityIncreased, id, old.Priority)
	}
	if alert.Priority > old.Priority {
		c.add(monitor.AlertPriorityDecreased, id, old.Priority)
	}
	if isActiveAlert(old) && !isActiveAlert(alert) {
		c.add(monitor.AlertSolvedEvent, id)
	} else if isRun && isActiveAlert(alert) && (c.touched[id] || len(gained) > 0 || alert.Priority != old.Priority) {
		c.add(monitor.AlertUpdated, id)
	}
}

// described puts the events of a plan that was applied in the same words, sorted.
// Which of the two an issue's update is called is checked elsewhere.
func described(p monitor.Plan) []string {
	events := make([]string, 0, len(p.Events))
	for _, event := range p.Events {
		events = append(events, describeEvent(event))
	}
	slices.Sort(events)
	return events
}

func describeEvent(event monitor.Event) string {
	switch name := event.Name; {
	case event.Monitor != nil:
		return describe(name, event.Monitor.ID)
	case event.Issue != nil && name == monitor.IssueUpdatedSolved:
		return describe(monitor.IssueUpdatedNotSolved, event.Issue.ID)
	case event.Issue != nil:
		return describe(name, event.Issue.ID)
	case name == monitor.AlertIssuesLinked:
		var ids []int64
		for _, issue := range event.Extra.Linked {
			ids = append(ids, issue.ID)
		}
		slices.Sort(ids)
		return describe(name, event.Alert.ID, ids)
	case event.Extra.PreviousPriority != 0:
		return describe(name, event.Alert.ID, event.Extra.PreviousPriority)
	default:
		return describe(name, event.Alert.ID)
	}
}

func describe(name monitor.EventName, id int64, extra ...any) string {
	return fmt.Sprint(append([]any{name, " ", id, " "}, extra...)...)
}
