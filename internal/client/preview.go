package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// TryRequest asks what a run of a draft would do.
type TryRequest struct {
	Draft
	Tasks []string `json:"tasks,omitempty" nullable:"false" enum:"search,update" doc:"Left out: all that the monitor can do."`
	// Issues are the data of issues; nil: those that are stored count.
	Issues []json.RawMessage `json:"issues,omitzero" nullable:"false" doc:"Data of the issues that count as active, each an object. Left out: what is stored of the monitor of that name counts, if there is one."`
}

// Preview is what a run would do that was tried: nothing of it was written. Its
// lists are never null.
type Preview struct {
	Monitor     string       `json:"monitor" doc:"The monitor's name."`
	Tasks       []string     `json:"tasks" nullable:"false" enum:"search,update"`
	Status      string       `json:"status" enum:"succeeded,failed" doc:"How the run would have ended."`
	Error       string       `json:"error" doc:"Why it failed; empty if it did not."`
	Truncated   bool         `json:"truncated" doc:"The search found more than max_issues_creation."`
	Incomplete  string       `json:"incomplete" doc:"The reason the code gave for not having seen everything; empty if it has."`
	Diagnostics []Diagnostic `json:"diagnostics" nullable:"false" doc:"Warnings about the code."`

	ActiveIssues int            `json:"active_issues" doc:"Issues that were active before."`
	Created      []PreviewIssue `json:"created" nullable:"false"`
	Updated      []PreviewIssue `json:"updated" nullable:"false"`
	Solved       []PreviewIssue `json:"solved" nullable:"false"`
	Dropped      []PreviewIssue `json:"dropped" nullable:"false"`

	Alerts        []PreviewAlert             `json:"alerts" nullable:"false" doc:"Alerts that would be created or change."`
	Notifications []PreviewNotification      `json:"notifications" nullable:"false" doc:"Who would be told of these alerts."`
	Events        []PreviewEvent             `json:"events" nullable:"false" doc:"Events by name, in the order in which each first happens."`
	Variables     map[string]json.RawMessage `json:"variables" doc:"Variables that would be set."`

	Routines []Routine `json:"routines" nullable:"false"`
	// Queries are the first thousand of those that QueryCount counts.
	Queries    []PreviewQuery `json:"queries" nullable:"false" doc:"The first thousand queries, as they ended."`
	QueryCount int            `json:"query_count" doc:"How many queries were made."`
	// Calls are the first thousand of those that CallCount counts.
	Calls     []PreviewCall `json:"calls" nullable:"false" doc:"The first thousand HTTP calls, as they ended."`
	CallCount int           `json:"call_count" doc:"How many HTTP calls were made."`
	Log       []LogEntry    `json:"log" nullable:"false"`
}

// PreviewIssue is an issue that would be created, changed or ended.
type PreviewIssue struct {
	// ID is nil for one that would be created.
	ID      *int64 `json:"id" doc:"null for one that would be created, or that was only given for the try."`
	ModelID string `json:"model_id"`
	// Before is null unless the data would change.
	Before json.RawMessage `json:"before" doc:"The data as it was, an object; null if it would not change."`
	Data   json.RawMessage `json:"data" doc:"What the issue would be left with: an object."`
	Reason string          `json:"reason" doc:"Why it would end: predicate or missing; empty if it would not."`
}

// PreviewAlert is an alert that would be created or change.
type PreviewAlert struct {
	// ID and the previous values are nil for one that would be created.
	ID                   *int64 `json:"id" doc:"null for one that would be created."`
	Status               string `json:"status" enum:"active,solved"`
	Priority             int    `json:"priority" minimum:"1" maximum:"5" doc:"1 critical, 2 high, 3 moderate, 4 low, 5 informational."`
	PreviousPriority     *int   `json:"previous_priority" doc:"null for an alert that would be created."`
	ActiveIssues         int    `json:"active_issues"`
	PreviousActiveIssues int    `json:"previous_active_issues"`
	LinkedIssues         int    `json:"linked_issues" doc:"Issues that it would gain."`
	Acknowledged         bool   `json:"acknowledged" doc:"Whether it would be acknowledged afterwards."`
	// IsPriorityAcknowledged is the state afterwards.
	IsPriorityAcknowledged bool `json:"is_priority_acknowledged" doc:"Acknowledged, and not become more important since."`
	AcknowledgeDismissed   bool `json:"acknowledge_dismissed" doc:"It would lose its acknowledgement."`
	Locked                 bool `json:"locked"`
}

// PreviewNotification is what a receiver that the monitor names would be told of
// one alert.
type PreviewNotification struct {
	Receiver   string `json:"receiver"`
	Configured bool   `json:"configured" doc:"false: no receiver of this name is configured, so that nobody would be told."`
	Title      string `json:"title"`
	// AlertID is nil for an alert that would be created.
	AlertID  *int64 `json:"alert_id" doc:"null for an alert that would be created."`
	Priority int    `json:"priority" minimum:"1" maximum:"5"`
	Action   string `json:"action" enum:"created,updated,closed,none" doc:"What would become of the message."`
	Mention  bool   `json:"mention" doc:"Whether somebody would be called upon."`
	Reason   string `json:"reason" doc:"Why nothing would be sent; empty if something would."`
}

// PreviewEvent counts the events of one name.
type PreviewEvent struct {
	EventName string `json:"event_name"`
	Count     int    `json:"count"`
	Reaction  bool   `json:"reaction" doc:"The monitor has a function for it, which is not called by a try."`
}

// PreviewQuery is a query that was made.
type PreviewQuery struct {
	Routine   string  `json:"routine" enum:"update,is_solved,search"`
	Database  string  `json:"database"`
	SQL       string  `json:"sql"`
	Arguments int     `json:"arguments" doc:"How many arguments it was given."`
	Seconds   float64 `json:"seconds"`
	Rows      int     `json:"rows" doc:"How many rows it returned."`
	// Sample is nil if the query failed.
	Sample *PreviewSample `json:"sample" doc:"How its result begins; null if it failed."`
	Error  string         `json:"error" doc:"Why it failed; empty if it did not."`
}

// PreviewSample is the beginning of what a query returned. Its lists are never null.
type PreviewSample struct {
	// Columns are the first fifty of ColumnCount.
	Columns     []string `json:"columns" nullable:"false" doc:"The first fifty columns, in the statement's order; none if there are no rows. A name of over 200 characters is cut, and ends in …."`
	ColumnCount int      `json:"column_count" doc:"How many columns there are."`
	// Rows have a value for each of Columns.
	Rows []PreviewRow `json:"rows" nullable:"false" doc:"The first twenty rows, or fewer where they are large: no row is begun beyond 128 KiB of a result, or beyond 2 MiB of all results of a try."`
}

// PreviewRow is a row of a result.
type PreviewRow struct {
	Values []json.RawMessage `json:"values" nullable:"false" doc:"The value of each column, in stored form. Of one that is longer than a thousand characters, a text with the beginning."`
	Cut    []PreviewCut      `json:"cut" nullable:"false" doc:"Which of the values are only a beginning."`
}

// PreviewCut says of a value that it is only the beginning of one.
type PreviewCut struct {
	Column     int    `json:"column" doc:"Its place among the values, from 0."`
	Kind       string `json:"kind" enum:"text,json" doc:"text: it begins a text. json: it begins the JSON of a list, an object or a number."`
	Characters int    `json:"characters" doc:"How long the whole is."`
}

// PreviewCall is an HTTP call that was made.
type PreviewCall struct {
	Routine string  `json:"routine" enum:"update,is_solved,search"`
	Method  string  `json:"method"`
	URL     string  `json:"url" doc:"Without its query."`
	Status  int     `json:"status" doc:"0 if there was no response."`
	Bytes   int     `json:"bytes" doc:"Length of the response's body."`
	Seconds float64 `json:"seconds"`
	Error   string  `json:"error" doc:"Why it failed; empty if it did not."`
}

// Try runs a draft on the server's databases and gives what a run would do. Code
// with errors is a [*Invalid].
func (c *Client) Try(ctx context.Context, request TryRequest) (Preview, error) {
	return call[Preview](ctx, c, http.MethodPost, "/api/v1/try", request)
}
