package scripttest

import (
	"slices"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/trial"
)

// view shows a test what a plan has changed.
type view struct {
	scope *script.Scope
	plan  *monitor.Plan
	// data and priorities are those of before, by id.
	data       map[int64]monitor.Data
	priorities map[int64]monitor.Priority
	// members are the model ids of the active issues of each alert, after the plan.
	members map[int64][]starlark.Value
	// reasons say why issues ended, by id.
	reasons map[int64]monitor.EndReason
	// notifications are those that would be sent.
	notifications []client.PreviewNotification
	// err is the first thing that could not be shown.
	err error
}

func newView(s *script.Scope, d *monitor.Declaration, before *monitor.Snapshot, plan *monitor.Plan, after *state) *view {
	v := &view{
		scope: s, plan: plan,
		data:       make(map[int64]monitor.Data),
		priorities: make(map[int64]monitor.Priority),
		members:    make(map[int64][]starlark.Value),
		reasons:    make(map[int64]monitor.EndReason),
	}
	for i := range before.Issues {
		v.data[before.Issues[i].ID] = before.Issues[i].Data
	}
	for i := range before.Alerts {
		v.priorities[before.Alerts[i].ID] = before.Alerts[i].Priority
	}
	for i := range after.issues {
		issue := &after.issues[i]
		v.members[issue.AlertID] = append(v.members[issue.AlertID], starlark.String(issue.ModelID))
	}
	for i := range plan.Events {
		if event := &plan.Events[i]; event.Issue != nil && event.Extra.Reason != "" {
			v.reasons[event.Issue.ID] = event.Extra.Reason
		}
	}
	v.notifications = slices.DeleteFunc(trial.Notifications(d, before, plan, nil), isNotSent)
	return v
}

// isNotSent tells of which notifications a receiver would see nothing.
func isNotSent(n client.PreviewNotification) bool { return n.Reason != "" }

// fields are the attributes of the plan.
func (v *view) fields() (starlark.StringDict, error) {
	var solved, dropped []*monitor.Issue
	for _, issue := range v.plan.Ended {
		if issue.Status == monitor.IssueDropped {
			dropped = append(dropped, issue)
		} else {
			solved = append(solved, issue)
		}
	}
	report := &v.plan.Execution.Report
	return starlark.StringDict{
		"created":       listed(v.plan.Created, v.issue),
		"updated":       listed(v.plan.Updated, v.issue),
		"solved":        listed(solved, v.issue),
		"dropped":       listed(dropped, v.issue),
		"alerts":        listed(append(v.plan.NewAlerts[:len(v.plan.NewAlerts):len(v.plan.NewAlerts)], v.plan.Alerts...), v.alert),
		"notifications": listed(v.notifications, v.notification),
		"events":        listed(v.plan.Events, v.event),
		"variables":     v.variables(v.plan.Variables),
		"log":           listed(report.Log, v.line),
		"error":         textOrNone(report.Error),
	}, v.err
}

func listed[T any](items []T, show func(T) starlark.Value) *starlark.List {
	elements := make([]starlark.Value, len(items))
	for i, item := range items {
		elements[i] = show(item)
	}
	return starlark.NewList(elements)
}

func textOrNone(text string) starlark.Value {
	if text == "" {
		return starlark.None
	}
	return starlark.String(text)
}

// decode makes a value of stored form. An empty one is an empty dict.
func (v *view) decode(data monitor.Data) starlark.Value {
	if data == "" {
		return new(starlark.Dict)
	}
	values, err := v.scope.Decode(data)
	if err != nil {
		if v.err == nil {
			v.err = err
		}
		return starlark.None
	}
	return values[0]
}

func (v *view) issue(issue *monitor.Issue) starlark.Value {
	var before starlark.Value = starlark.None
	if data, ok := v.data[issue.ID]; ok {
		before = v.decode(data)
	}
	return structOf("issue", starlark.StringDict{
		"model_id": starlark.String(issue.ModelID),
		"status":   starlark.String(issue.Status),
		"data":     v.decode(issue.Data),
		"before":   before,
		"reason":   textOrNone(string(v.reasons[issue.ID])),
	})
}

func (v *view) alert(alert *monitor.Alert) starlark.Value {
	var previous starlark.Value = starlark.None
	if priority, ok := v.priorities[alert.ID]; ok {
		previous = starlark.String(priority.String())
	}
	return structOf("alert", starlark.StringDict{
		"status":            starlark.String(alert.Status),
		"priority":          starlark.String(alert.Priority.String()),
		"previous_priority": previous,
		"acknowledged":      starlark.Bool(alert.Acknowledged),
		"locked":            starlark.Bool(alert.Locked),
		"model_ids":         starlark.NewList(v.members[alert.ID]),
	})
}

func (v *view) notification(n client.PreviewNotification) starlark.Value {
	return structOf("notification", starlark.StringDict{
		"receiver": starlark.String(n.Receiver),
		"action":   starlark.String(n.Action),
		"title":    starlark.String(n.Title),
		"priority": starlark.String(monitor.Priority(n.Priority).String()),
		"mention":  starlark.Bool(n.Mention),
	})
}

func (v *view) variables(variables map[string]monitor.Data) starlark.Value {
	dict := starlark.NewDict(len(variables))
	for _, name := range sortedKeys(variables) {
		// Inserting a text into a new dict cannot fail.
		_ = dict.SetKey(starlark.String(name), v.decode(variables[name]))
	}
	return dict
}

func (v *view) line(entry monitor.LogEntry) starlark.Value {
	return structOf("line", starlark.StringDict{
		"level":   starlark.String(entry.Level),
		"message": starlark.String(entry.Message),
		"fields":  v.decode(entry.Fields),
	})
}
