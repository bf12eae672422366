package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Monitor is a monitor as people see it.
type Monitor struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Enabled bool   `json:"enabled"`
	Health  string `json:"health" enum:"disabled,unknown,violating,ok" doc:"What is known of the monitor's answer."`
	// LastProvenAt is nil if the answer was never known.
	LastProvenAt  *time.Time        `json:"last_proven_at" doc:"The last time the answer was known."`
	Summary       string            `json:"summary" doc:"The docstring of the code."`
	Documentation string            `json:"documentation" doc:"README.md; empty in lists."`
	Labels        map[string]string `json:"labels"`
	Version       int               `json:"version"`
	Hash          string            `json:"hash" doc:"Identifies the content of the current version: equal for equal files."`
	ETag          string            `json:"etag" doc:"What If-Match has to say to change this content; also the header ETag."`
	Source        string            `json:"source" enum:"folder,example,api" doc:"How it arrived."`
	ReadOnly      string            `json:"read_only" doc:"Why nobody can change its code here: it comes from a folder, it is an example that is loaded, or this server takes monitors from its folder only (server). Empty if editors can, and in lists."`
	Solvable      bool              `json:"solvable" doc:"Whether runs solve its issues; otherwise people solve its alerts."`
	ModelIDKey    string            `json:"model_id_key" doc:"The field of the data that identifies an issue."`
	IssuesFields  []string          `json:"issues_fields" nullable:"false" doc:"The fields of the data that its notifications show of issues, in this order; empty if they name none."`
	SearchCron    string            `json:"search_cron" doc:"Empty: never by itself."`
	UpdateCron    string            `json:"update_cron" doc:"Empty: never by itself."`
	NextSearchAt  *time.Time        `json:"next_search_at" doc:"null for a task that is not due by itself, or while the monitor is disabled."`
	NextUpdateAt  *time.Time        `json:"next_update_at" doc:"null for a task that is not due by itself, or while the monitor is disabled."`
	Busy          bool              `json:"busy" doc:"An execution is queued or running."`
	// LastExecution is nil before the first.
	LastExecution *LastExecution `json:"last_execution"`
	ActiveIssues  int            `json:"active_issues"`
	ActiveAlerts  int            `json:"active_alerts"`
	Problems      []Diagnostic   `json:"problems" nullable:"false" doc:"What is wrong with code that has arrived and is not in force."`
}

// Why nobody can change the code of a monitor, in [Monitor.ReadOnly].
const (
	ReadOnlyFolder  = "folder"
	ReadOnlyExample = "example"
	ReadOnlyServer  = "server"
)

// LastExecution is the latest execution of a monitor, in brief.
type LastExecution struct {
	ID         int64      `json:"id"`
	Status     string     `json:"status" enum:"queued,running,succeeded,failed,lost,cancelled"`
	Tasks      []string   `json:"tasks" nullable:"false" enum:"search,update"`
	QueuedAt   time.Time  `json:"queued_at"`
	StartedAt  *time.Time `json:"started_at"`
	FinishedAt *time.Time `json:"finished_at"`
	Error      string     `json:"error" doc:"Why it failed; empty if it did not."`
}

// Diagnostic is one finding in a monitor's code.
type Diagnostic struct {
	File     string `json:"file"`
	Line     int    `json:"line" doc:"From 1; 0 where the finding has no place in the text."`
	Column   int    `json:"column" doc:"From 1; 0 where the finding has no place in the text."`
	Message  string `json:"message"`
	Severity string `json:"severity" enum:"error,warning"`
	Code     string `json:"code,omitempty" doc:"What kind of finding it is, where programs have to know: unknown_receiver, unknown_database, unknown_auth, unknown_secret."`
}

// MonitorFilter narrows a list of monitors. Zero fields do not.
type MonitorFilter struct {
	// Query is a part of the name.
	Query   string
	Enabled *bool
	Health  string
	Labels  map[string]string
}

// Monitors lists monitors by name.
func (c *Client) Monitors(ctx context.Context, filter MonitorFilter, paging Paging) (Page[Monitor], error) {
	query := paging.values()
	set(query, "q", filter.Query)
	setBool(query, "enabled", filter.Enabled)
	set(query, "health", filter.Health)
	setLabels(query, filter.Labels)
	return get[Page[Monitor]](ctx, c, "/api/v1/monitors", query)
}

// Monitor reads one monitor.
func (c *Client) Monitor(ctx context.Context, name string) (Monitor, error) {
	return get[Monitor](ctx, c, monitorPath(name), nil)
}

// Enable has the monitor scheduled (again).
func (c *Client) Enable(ctx context.Context, name, comment string) (Monitor, error) {
	return call[Monitor](ctx, c, http.MethodPost, monitorPath(name)+"/enable", Comment{comment})
}

// Disable has the monitor scheduled no more.
func (c *Client) Disable(ctx context.Context, name, comment string) (Monitor, error) {
	return call[Monitor](ctx, c, http.MethodPost, monitorPath(name)+"/disable", Comment{comment})
}

// RefreshRequest says what is to be due now.
type RefreshRequest struct {
	Tasks []string `json:"tasks,omitempty" nullable:"false" enum:"search,update" doc:"Left out: all that the monitor can do."`
}

// Refresh makes tasks due now; without any named, all that the monitor has.
func (c *Client) Refresh(ctx context.Context, name string, tasks ...string) (Monitor, error) {
	return call[Monitor](ctx, c, http.MethodPost, monitorPath(name)+"/refresh", RefreshRequest{Tasks: tasks})
}

func monitorPath(name string) string { return "/api/v1/monitors/" + url.PathEscape(name) }
