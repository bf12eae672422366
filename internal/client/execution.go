package client

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Execution is one run of one monitor.
type Execution struct {
	ID      int64  `json:"id"`
	Monitor string `json:"monitor" doc:"The monitor's name."`
	// Version is nil until the execution was taken.
	Version    *int       `json:"version" doc:"The version that ran."`
	Tasks      []string   `json:"tasks" nullable:"false" enum:"search,update"`
	Status     string     `json:"status" enum:"queued,running,succeeded,failed,lost,cancelled"`
	QueuedAt   time.Time  `json:"queued_at"`
	StartedAt  *time.Time `json:"started_at"`
	FinishedAt *time.Time `json:"finished_at"`
	Routines   []Routine  `json:"routines" nullable:"false"`
	Counts     Counts     `json:"counts"`
	Error      string     `json:"error" doc:"Why it failed; empty if it did not."`
	Truncated  bool       `json:"truncated" doc:"A search found more than max_issues_creation."`
	Incomplete string     `json:"incomplete" doc:"The reason the code gave for not having seen everything; empty if it has."`
	Log        []LogEntry `json:"log" nullable:"false" doc:"Empty in lists."`
}

// Routine reports on one routine of a run.
type Routine struct {
	Name     string  `json:"name" enum:"update,is_solved,search"`
	Seconds  float64 `json:"seconds"`
	Returned int     `json:"returned" doc:"Entries it returned; answers, of is_solved."`
	// Error is nil if the routine succeeded.
	Error *Failure `json:"error"`
}

// Failure is an error of a monitor's code or of what it called.
type Failure struct {
	Kind      string `json:"kind"`
	Message   string `json:"message"`
	Position  string `json:"position" doc:"file:line:column, if known."`
	Traceback string `json:"traceback"`
}

// Counts says how many issues a run changed.
type Counts struct {
	Created int `json:"created"`
	Updated int `json:"updated"`
	Solved  int `json:"solved"`
	Dropped int `json:"dropped"`
}

// LogEntry is one line of an execution's log.
type LogEntry struct {
	At      time.Time       `json:"at"`
	Level   string          `json:"level" enum:"debug,info,warning,error"`
	Message string          `json:"message"`
	Fields  json.RawMessage `json:"fields" doc:"An object, or null."`
}

// ExecutionFilter narrows a list of executions. Zero fields do not.
type ExecutionFilter struct {
	Monitor string
	Status  string
}

// Executions lists executions, newest first, without their logs.
func (c *Client) Executions(ctx context.Context, filter ExecutionFilter, paging Paging) (Page[Execution], error) {
	query := paging.values()
	set(query, "monitor", filter.Monitor)
	set(query, "status", filter.Status)
	return get[Page[Execution]](ctx, c, "/api/v1/executions", query)
}

// Execution reads one execution with its log.
func (c *Client) Execution(ctx context.Context, id int64) (Execution, error) {
	return get[Execution](ctx, c, fmt.Sprintf("/api/v1/executions/%d", id), nil)
}
