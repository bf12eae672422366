package client

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Silence keeps people from being told of some alerts for a while.
type Silence struct {
	ID         int64             `json:"id"`
	Status     string            `json:"status" enum:"active,pending,expired" doc:"active: in force; pending: it will be; expired: never again."`
	Everything bool              `json:"everything" doc:"It is about all alerts."`
	Monitor    string            `json:"monitor" doc:"The monitor's name; empty: any."`
	Labels     map[string]string `json:"labels" nullable:"false" doc:"What the monitor must have."`
	Priority   *int              `json:"priority" minimum:"1" maximum:"5" doc:"Alerts of this priority and less important ones; null: any."`
	IssueID    *int64            `json:"issue_id" doc:"One issue. An alert is silenced when all its active issues are. null: alerts as a whole."`
	StartsAt   time.Time         `json:"starts_at"`
	EndsAt     *time.Time        `json:"ends_at" doc:"null: never, which only one that recurs may have."`
	Every      string            `json:"every" doc:"A cron expression that says when it is in force, each time for as long as for says; empty: it does not recur."`
	For        string            `json:"for" doc:"Empty if it does not recur."`
	Zone       string            `json:"zone" doc:"The time zone of every; empty if it does not recur."`
	// InForceFrom and InForceUntil are nil once it has expired.
	InForceFrom    *time.Time `json:"in_force_from" doc:"When it is in force now, or next; null: never again."`
	InForceUntil   *time.Time `json:"in_force_until"`
	Comment        string     `json:"comment" doc:"Why."`
	CreatedAt      time.Time  `json:"created_at"`
	CreatedBy      string     `json:"created_by"`
	ExpiredAt      *time.Time `json:"expired_at" doc:"When somebody ended it before its time; null: nobody has."`
	ExpiredBy      string     `json:"expired_by" doc:"Empty if nobody has."`
	ExpiredComment string     `json:"expired_comment"`
}

// SilenceRequest asks for a silence. What it is about has to be said, if need be by
// Everything; alerts have to fulfil all of it. When it ends, too: by For or EndsAt,
// or with Every by For, which is then the length of each window.
type SilenceRequest struct {
	Everything bool              `json:"everything,omitempty" doc:"It is about all alerts."`
	Monitor    string            `json:"monitor,omitempty" maxLength:"200" pattern:"^[^\\x00]*$" doc:"A monitor's name."`
	Labels     map[string]string `json:"labels,omitempty" nullable:"false" maxProperties:"20" doc:"Labels that the monitor must have, with their values."`
	Priority   int               `json:"priority,omitempty" minimum:"0" maximum:"5" doc:"Alerts of this priority and less important ones: 1 critical to 5 informational."`
	IssueID    int64             `json:"issue_id,omitempty" minimum:"0" doc:"One active issue."`
	StartsAt   *time.Time        `json:"starts_at,omitempty" doc:"Left out: now."`
	EndsAt     *time.Time        `json:"ends_at,omitempty"`
	For        string            `json:"for,omitempty" maxLength:"50" doc:"How long it lasts, each time if it recurs: 2h, 30m."`
	Every      string            `json:"every,omitempty" maxLength:"200" pattern:"^[^\\x00]*$" doc:"A cron expression that says when it recurs."`
	Zone       string            `json:"zone,omitempty" maxLength:"100" pattern:"^[^\\x00]*$" doc:"The time zone of every. Left out: the configured one."`
	Comment    string            `json:"comment" minLength:"1" maxLength:"2000" pattern:"^[^\\x00]*$" doc:"Why."`
}

// SilenceFilter narrows a list of silences. Without it, it has those that are in
// force or will be.
type SilenceFilter struct {
	// Expired lists those that are over, too.
	Expired bool
	// Active lists only those in force.
	Active bool
	// Monitor is the name that they ask for.
	Monitor string
}

// Silences lists silences, newest first.
func (c *Client) Silences(ctx context.Context, filter SilenceFilter, paging Paging) (Page[Silence], error) {
	query := paging.values()
	set(query, "monitor", filter.Monitor)
	setFlag(query, "expired", filter.Expired)
	setFlag(query, "active", filter.Active)
	return get[Page[Silence]](ctx, c, "/api/v1/silences", query)
}

// Silence reads one silence.
func (c *Client) Silence(ctx context.Context, id int64) (Silence, error) {
	return get[Silence](ctx, c, fmt.Sprintf("/api/v1/silences/%d", id), nil)
}

// CreateSilence makes a silence.
func (c *Client) CreateSilence(ctx context.Context, request SilenceRequest) (Silence, error) {
	return call[Silence](ctx, c, http.MethodPost, "/api/v1/silences", request)
}

// ExpireSilence ends a silence before its time.
func (c *Client) ExpireSilence(ctx context.Context, id int64, comment string) (Silence, error) {
	return call[Silence](ctx, c, http.MethodPost, fmt.Sprintf("/api/v1/silences/%d/expire", id), Comment{comment})
}
