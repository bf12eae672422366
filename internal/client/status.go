package client

import (
	"context"
	"time"
)

// Status is what the platform as a whole is doing.
type Status struct {
	Status     string      `json:"status" enum:"ok,degraded" doc:"degraded if a component is."`
	Version    string      `json:"version" doc:"The version of the server."`
	StartedAt  time.Time   `json:"started_at"`
	Now        time.Time   `json:"now" doc:"The platform's time."`
	Components []Component `json:"components" nullable:"false"`
	Monitors   struct {
		Total   int `json:"total"`
		Enabled int `json:"enabled"`
		Overdue int `json:"overdue" doc:"Due for minutes without having been run."`
	} `json:"monitors"`
	Issues struct {
		Active int `json:"active"`
	} `json:"issues"`
	Alerts struct {
		Active     int            `json:"active"`
		ByPriority map[string]int `json:"by_priority" doc:"Active alerts by the priority's name."`
	} `json:"alerts"`
	Executions struct {
		Queued         int        `json:"queued"`
		OldestQueuedAt *time.Time `json:"oldest_queued_at"`
		Running        int        `json:"running"`
	} `json:"executions"`
	Executors  int `json:"executors" doc:"Executors that are alive."`
	Deliveries struct {
		Open int `json:"open"`
		Dead int `json:"dead"`
	} `json:"deliveries"`
	Problems map[string][]Diagnostic `json:"problems" doc:"What is wrong with code that has arrived and is not in force, by monitor."`
}

// Component is a part without which the platform cannot do its work.
type Component struct {
	Name   string `json:"name"`
	Status string `json:"status" enum:"ok,failing"`
	Error  string `json:"error" doc:"Why it fails; empty if it does not."`
}

// Status reads what the platform is doing.
func (c *Client) Status(ctx context.Context) (Status, error) {
	return get[Status](ctx, c, "/status", nil)
}
