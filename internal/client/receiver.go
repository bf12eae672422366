package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Receiver is a name under which monitors have people told of alerts.
type Receiver struct {
	Name    string   `json:"name"`
	Targets []string `json:"targets" nullable:"false" doc:"Plugin and destination of each."`
}

// ReceiverTest is what the services behind a receiver answered to a test message.
type ReceiverTest struct {
	Receiver string           `json:"receiver"`
	Results  []ReceiverResult `json:"results" nullable:"false"`
}

// ReceiverResult is what one service answered.
type ReceiverResult struct {
	Target  string  `json:"target"`
	Sent    bool    `json:"sent"`
	Error   string  `json:"error" doc:"Empty if it was sent."`
	Seconds float64 `json:"seconds"`
}

// Failed tells whether any service did not take the message.
func (t *ReceiverTest) Failed() bool {
	for _, result := range t.Results {
		if !result.Sent {
			return true
		}
	}
	return false
}

// Receivers lists the receivers that are configured, by name.
func (c *Client) Receivers(ctx context.Context) ([]Receiver, error) {
	page, err := get[Page[Receiver]](ctx, c, "/api/v1/receivers", nil)
	return page.Items, err
}

// TestReceiver sends a message that says that it is a test.
func (c *Client) TestReceiver(ctx context.Context, name string) (ReceiverTest, error) {
	return call[ReceiverTest](ctx, c, http.MethodPost, "/api/v1/receivers/"+url.PathEscape(name)+"/test", nil)
}

// Notification is what is known of one alert's notification on one target.
type Notification struct {
	ID        int64      `json:"id"`
	AlertID   int64      `json:"alert_id"`
	Target    string     `json:"target" doc:"Plugin and destination."`
	Status    string     `json:"status" enum:"none,sending,shown,closed"`
	Dead      bool       `json:"dead" doc:"It failed for too long and is not tried again until the alert changes or it is resent."`
	Error     string     `json:"error" doc:"The last failure; empty if the last attempt succeeded."`
	Attempts  int        `json:"attempts" doc:"Failures in a row."`
	CreatedAt time.Time  `json:"created_at"`
	ClosedAt  *time.Time `json:"closed_at"`
}

// NotificationFilter narrows a list of notifications. Zero fields do not.
type NotificationFilter struct {
	AlertID int64
	Dead    bool
}

// Notifications lists notifications, newest first.
func (c *Client) Notifications(ctx context.Context, filter NotificationFilter, paging Paging) (Page[Notification], error) {
	query := paging.values()
	setID(query, "alert_id", filter.AlertID)
	setFlag(query, "dead", filter.Dead)
	return get[Page[Notification]](ctx, c, "/api/v1/notifications", query)
}

// ResendRequest says of which alerts people are to be told again.
type ResendRequest struct {
	Monitor string `json:"monitor,omitempty" maxLength:"200" doc:"The name of a monitor; left out: of all monitors."`
}

// Resent is what was done about it.
type Resent struct {
	Alerts int `json:"alerts" doc:"Active alerts that are compared with what is shown of them."`
}

// Resend has what is shown of all active alerts compared with how they are.
func (c *Client) Resend(ctx context.Context, monitor string) (Resent, error) {
	return call[Resent](ctx, c, http.MethodPost, "/api/v1/notifications/resend", ResendRequest{monitor})
}
