package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Issue is one unit of a problem.
type Issue struct {
	ID      int64  `json:"id"`
	Monitor string `json:"monitor" doc:"The monitor's name."`
	// AlertID is nil while the issue belongs to no alert.
	AlertID   *int64          `json:"alert_id"`
	ModelID   string          `json:"model_id" doc:"Identifies the issue inside its monitor."`
	Status    string          `json:"status" enum:"active,solved,dropped"`
	Data      json.RawMessage `json:"data" doc:"What the monitor found: an object."`
	CreatedAt time.Time       `json:"created_at"`
	UpdatedAt time.Time       `json:"updated_at"`
	SolvedAt  *time.Time      `json:"solved_at"`
	DroppedAt *time.Time      `json:"dropped_at"`
}

// IssueDetail is an issue with what became of it.
type IssueDetail struct {
	Issue
	Timeline []Event `json:"timeline" nullable:"false" doc:"Its events, newest first, each with the data of that time."`
	// TimelineComplete is false if events are missing that once were.
	TimelineComplete bool `json:"timeline_complete" doc:"False if events are missing: those of runs are not kept (save_events), or old ones were removed."`
	// TimelineCursor goes on with the events where the timeline was cut.
	TimelineCursor *string `json:"timeline_cursor" doc:"Where the timeline is cut: a cursor for events of this issue; null if it is whole."`
}

// IssueFilter narrows a list of issues. Zero fields do not.
type IssueFilter struct {
	Monitor string
	AlertID int64
	Status  string
	ModelID string
}

// Issues lists issues, newest first.
func (c *Client) Issues(ctx context.Context, filter IssueFilter, paging Paging) (Page[Issue], error) {
	query := paging.values()
	set(query, "monitor", filter.Monitor)
	setID(query, "alert_id", filter.AlertID)
	set(query, "status", filter.Status)
	set(query, "model_id", filter.ModelID)
	return get[Page[Issue]](ctx, c, "/api/v1/issues", query)
}

// Issue reads one issue with its timeline.
func (c *Client) Issue(ctx context.Context, id int64) (IssueDetail, error) {
	return get[IssueDetail](ctx, c, fmt.Sprintf("/api/v1/issues/%d", id), nil)
}

// DropIssue ends an issue that is none.
func (c *Client) DropIssue(ctx context.Context, id int64, comment string) (Issue, error) {
	return call[Issue](ctx, c, http.MethodPost, fmt.Sprintf("/api/v1/issues/%d/drop", id), Comment{comment})
}
