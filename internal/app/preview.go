package app

import (
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// Preview is the plan of a run that was only tried, for people to look at.
type Preview struct {
	Monitor string                  `json:"monitor"`
	Tasks   monitor.Tasks           `json:"tasks"`
	Status  monitor.ExecutionStatus `json:"status"`
	Error   string                  `json:"error,omitempty"`

	Created []PreviewIssue  `json:"created"`
	Updated []PreviewIssue  `json:"updated"`
	Solved  []PreviewIssue  `json:"solved"`
	Dropped []PreviewIssue  `json:"dropped"`
	Alerts  []PreviewAlert  `json:"alerts"`
	Events  []PreviewEvents `json:"events"`

	Variables map[string]monitor.Data `json:"variables,omitempty"`
	Routines  []monitor.Routine       `json:"routines"`
	Queries   []PreviewQuery          `json:"queries"`
	Log       []monitor.LogEntry      `json:"log"`
}

// PreviewIssue is an issue that the run would touch.
type PreviewIssue struct {
	ModelID string `json:"model_id"`
	// Before is set if its data would change.
	Before monitor.Data `json:"before,omitempty"`
	Data   monitor.Data `json:"data"`
}

// PreviewAlert is an alert that the run would touch.
type PreviewAlert struct {
	// Before is empty for an alert that would be created.
	Before string              `json:"before,omitempty"`
	After  string              `json:"after"`
	Status monitor.AlertStatus `json:"status"`
}

// PreviewEvents counts the events of one name.
type PreviewEvents struct {
	Name  monitor.EventName `json:"name"`
	Count int               `json:"count"`
}

// PreviewQuery is a query that was made.
type PreviewQuery struct {
	Routine  string  `json:"routine"`
	Database string  `json:"database"`
	SQL      string  `json:"sql"`
	Seconds  float64 `json:"seconds"`
	Rows     int     `json:"rows"`
	Error    string  `json:"error,omitempty"`
}

func newPreview(loaded *monitor.Snapshot, tasks monitor.Tasks, result *run.Result, plan *monitor.Plan) Preview {
	before := make(map[int64]monitor.Data, len(loaded.Issues))
	for i := range loaded.Issues {
		before[loaded.Issues[i].ID] = loaded.Issues[i].Data
	}
	p := Preview{
		Monitor:   loaded.Monitor.Name,
		Tasks:     tasks,
		Status:    plan.Execution.Status,
		Error:     plan.Execution.Report.Error,
		Alerts:    previewAlerts(loaded, plan),
		Events:    previewEvents(plan),
		Variables: plan.Variables,
		Routines:  plan.Execution.Report.Routines,
		Queries:   previewQueries(result),
		Log:       plan.Execution.Report.Log,
	}
	for _, issue := range plan.Created {
		p.Created = append(p.Created, PreviewIssue{ModelID: issue.ModelID, Data: issue.Data})
	}
	for _, issue := range plan.Updated {
		p.Updated = append(p.Updated, PreviewIssue{ModelID: issue.ModelID, Before: before[issue.ID], Data: issue.Data})
	}
	for _, issue := range plan.Ended {
		ended := &p.Solved
		if issue.Status == monitor.IssueDropped {
			ended = &p.Dropped
		}
		*ended = append(*ended, PreviewIssue{ModelID: issue.ModelID, Data: issue.Data})
	}
	return p
}

func previewAlerts(loaded *monitor.Snapshot, plan *monitor.Plan) []PreviewAlert {
	before := make(map[int64]monitor.Priority, len(loaded.Alerts))
	for i := range loaded.Alerts {
		before[loaded.Alerts[i].ID] = loaded.Alerts[i].Priority
	}
	var alerts []PreviewAlert
	for _, alert := range plan.NewAlerts {
		alerts = append(alerts, PreviewAlert{After: alert.Priority.String(), Status: alert.Status})
	}
	for _, alert := range plan.Alerts {
		alerts = append(alerts, PreviewAlert{Before: before[alert.ID].String(), After: alert.Priority.String(), Status: alert.Status})
	}
	return alerts
}

// previewEvents counts events by name, in the order in which each first happens.
func previewEvents(plan *monitor.Plan) []PreviewEvents {
	var counts []PreviewEvents
	place := map[monitor.EventName]int{}
	for i := range plan.Events {
		name := plan.Events[i].Name
		at, ok := place[name]
		if !ok {
			at = len(counts)
			place[name] = at
			counts = append(counts, PreviewEvents{Name: name})
		}
		counts[at].Count++
	}
	return counts
}

func previewQueries(result *run.Result) []PreviewQuery {
	var queries []PreviewQuery
	for _, timing := range result.Queries {
		query := PreviewQuery{
			Routine:  timing.Routine,
			Database: timing.Database,
			SQL:      timing.SQL,
			Seconds:  timing.Duration.Seconds(),
			Rows:     timing.Rows,
		}
		if timing.Err != nil {
			query.Error = timing.Err.Error()
		}
		queries = append(queries, query)
	}
	return queries
}
