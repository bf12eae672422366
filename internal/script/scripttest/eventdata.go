package scripttest

import (
	"encoding/json"
	"time"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// event shows an event of the plan as a reaction to it is given it, and of an
// issue's its model id besides.
func (v *view) event(event monitor.Event) starlark.Value {
	fields := starlark.StringDict{
		"name":     starlark.String(event.Name),
		"extra":    v.encoded(event.Extra),
		"model_id": starlark.None,
	}
	switch {
	case event.Issue != nil:
		fields["source"] = starlark.String(monitor.SourceIssue)
		fields["source_id"] = starlark.MakeInt64(event.Issue.ID)
		fields["model_id"] = starlark.String(event.Issue.ModelID)
		fields["data"] = v.encoded(issueData(event.Issue))
	case event.Alert != nil:
		fields["source"] = starlark.String(monitor.SourceAlert)
		fields["source_id"] = starlark.MakeInt64(event.Alert.ID)
		fields["data"] = v.encoded(alertData(event.Alert))
	}
	return structOf("event", fields)
}

// encoded is what the JSON of a Go value says.
func (v *view) encoded(value any) starlark.Value {
	text, err := json.Marshal(value)
	if err != nil {
		if v.err == nil {
			v.err = err
		}
		return starlark.None
	}
	return v.decode(monitor.Data(text))
}

// issueObject is an issue as it stands in events. The store makes the same text
// inside of the database.
type issueObject struct {
	ID        int64               `json:"id"`
	MonitorID int64               `json:"monitor_id"`
	AlertID   *int64              `json:"alert_id"`
	ModelID   string              `json:"model_id"`
	Status    monitor.IssueStatus `json:"status"`
	CreatedAt *string             `json:"created_at"`
	UpdatedAt *string             `json:"updated_at"`
	SolvedAt  *string             `json:"solved_at"`
	DroppedAt *string             `json:"dropped_at"`
	Data      monitor.Data        `json:"data"`
}

func issueData(issue *monitor.Issue) issueObject {
	object := issueObject{
		ID: issue.ID, MonitorID: issue.MonitorID, ModelID: issue.ModelID, Status: issue.Status, Data: issue.Data,
		CreatedAt: stamp(issue.CreatedAt), UpdatedAt: stamp(issue.UpdatedAt),
		SolvedAt: stamp(issue.SolvedAt), DroppedAt: stamp(issue.DroppedAt),
	}
	if issue.AlertID != 0 {
		object.AlertID = &issue.AlertID
	}
	return object
}

// alertObject is an alert as it stands in events.
type alertObject struct {
	ID                     int64               `json:"id"`
	MonitorID              int64               `json:"monitor_id"`
	Status                 monitor.AlertStatus `json:"status"`
	Priority               monitor.Priority    `json:"priority"`
	Acknowledged           bool                `json:"acknowledged"`
	AcknowledgePriority    *monitor.Priority   `json:"acknowledge_priority"`
	IsPriorityAcknowledged bool                `json:"is_priority_acknowledged"`
	Locked                 bool                `json:"locked"`
	CreatedAt              *string             `json:"created_at"`
	UpdatedAt              *string             `json:"updated_at"`
	SolvedAt               *string             `json:"solved_at"`
	ActiveIssues           int                 `json:"active_issues"`
}

func alertData(alert *monitor.Alert) alertObject {
	object := alertObject{
		ID: alert.ID, MonitorID: alert.MonitorID, Status: alert.Status, Priority: alert.Priority,
		Acknowledged: alert.Acknowledged, IsPriorityAcknowledged: alert.IsPriorityAcknowledged(), Locked: alert.Locked,
		CreatedAt: stamp(alert.CreatedAt), UpdatedAt: stamp(alert.UpdatedAt), SolvedAt: stamp(alert.SolvedAt),
		ActiveIssues: alert.ActiveIssues,
	}
	if alert.AcknowledgePriority != 0 {
		object.AcknowledgePriority = &alert.AcknowledgePriority
	}
	return object
}

// stamp is a time in stored form (R08); nil if zero.
func stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.UTC().Format("2006-01-02T15:04:05.000Z")
	return &text
}
