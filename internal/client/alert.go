package client

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Alert groups active issues of one monitor under a priority.
type Alert struct {
	ID           int64  `json:"id"`
	Monitor      string `json:"monitor" doc:"The monitor's name."`
	Status       string `json:"status" enum:"active,solved"`
	Priority     int    `json:"priority" minimum:"1" maximum:"5" doc:"1 critical, 2 high, 3 moderate, 4 low, 5 informational."`
	Acknowledged bool   `json:"acknowledged"`
	// AcknowledgePriority is nil unless the alert is acknowledged.
	AcknowledgePriority    *int       `json:"acknowledge_priority" doc:"The priority at which it was acknowledged."`
	IsPriorityAcknowledged bool       `json:"is_priority_acknowledged" doc:"Acknowledged, and not become more important since."`
	Locked                 bool       `json:"locked" doc:"New issues go to another alert."`
	Silenced               bool       `json:"silenced" doc:"People are not told of it for now."`
	Silences               []int64    `json:"silences" nullable:"false" doc:"The ids of the silences that do that."`
	CanAcknowledge         bool       `json:"can_acknowledge"`
	CanLock                bool       `json:"can_lock"`
	CanSolve               bool       `json:"can_solve"`
	ActiveIssues           int        `json:"active_issues"`
	CreatedAt              time.Time  `json:"created_at"`
	UpdatedAt              time.Time  `json:"updated_at"`
	SolvedAt               *time.Time `json:"solved_at"`
}

// Comment goes with an action of a person and is kept with its events.
type Comment struct {
	Comment string `json:"comment,omitempty" maxLength:"2000" pattern:"^[^\\x00]*$" doc:"Why; kept with the events."`
}

// AlertFilter narrows a list of alerts. Zero fields do not.
type AlertFilter struct {
	Monitor string
	// Query is a part of the monitor's name.
	Query string
	// Labels must all be the monitor's, with these values.
	Labels map[string]string
	Status string
	// Priorities are those that an alert may have; none: any.
	Priorities   []int
	Locked       *bool
	Acknowledged *bool
	// Silenced is whether people are not told of it for now; nil: either.
	Silenced *bool
	// Sort is "newest", which is what it is if empty, or "priority", which active
	// alerts can be listed by.
	Sort string
}

// Alerts lists alerts.
func (c *Client) Alerts(ctx context.Context, filter AlertFilter, paging Paging) (Page[Alert], error) {
	query := paging.values()
	set(query, "monitor", filter.Monitor)
	set(query, "status", filter.Status)
	setBool(query, "acknowledged", filter.Acknowledged)
	setBool(query, "silenced", filter.Silenced)
	setBool(query, "locked", filter.Locked)
	set(query, "q", filter.Query)
	set(query, "sort", filter.Sort)
	for _, priority := range filter.Priorities {
		query.Add("priority", strconv.Itoa(priority))
	}
	setLabels(query, filter.Labels)
	return get[Page[Alert]](ctx, c, "/api/v1/alerts", query)
}

// Alert reads one alert.
func (c *Client) Alert(ctx context.Context, id int64) (Alert, error) {
	return get[Alert](ctx, c, fmt.Sprintf("/api/v1/alerts/%d", id), nil)
}

// Acknowledge says that somebody knows of the alert.
func (c *Client) Acknowledge(ctx context.Context, id int64, comment string) (Alert, error) {
	return c.alertAction(ctx, id, "acknowledge", comment)
}

// Lock keeps new issues out of the alert.
func (c *Client) Lock(ctx context.Context, id int64, comment string) (Alert, error) {
	return c.alertAction(ctx, id, "lock", comment)
}

// Unlock lets the alert gain issues again.
func (c *Client) Unlock(ctx context.Context, id int64, comment string) (Alert, error) {
	return c.alertAction(ctx, id, "unlock", comment)
}

// SolveAlert solves the alert and its issues, where no run can.
func (c *Client) SolveAlert(ctx context.Context, id int64, comment string) (Alert, error) {
	return c.alertAction(ctx, id, "solve", comment)
}

func (c *Client) alertAction(ctx context.Context, id int64, action, comment string) (Alert, error) {
	return call[Alert](ctx, c, http.MethodPost, fmt.Sprintf("/api/v1/alerts/%d/%s", id, action), Comment{comment})
}
