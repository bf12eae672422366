package client

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"time"
)

// Event is a fact about a monitor, an alert, an issue or a notification.
type Event struct {
	ID            int64           `json:"id"`
	EventName     string          `json:"event_name"`
	EventSource   string          `json:"event_source" enum:"alert,issue,monitor,notification"`
	EventSourceID int64           `json:"event_source_id"`
	Monitor       string          `json:"monitor" doc:"The monitor's name."`
	EventData     json.RawMessage `json:"event_data" doc:"The source after the change: an object."`
	ExtraPayload  json.RawMessage `json:"extra_payload" doc:"What more there is to say: an object."`
	// Actor is nil for what a run did.
	Actor *string `json:"actor" doc:"Who did it; null for what a run did."`
	// ExecutionID is nil for what a person did.
	ExecutionID *int64    `json:"execution_id" doc:"The run that did it; null for what a person did."`
	CreatedAt   time.Time `json:"created_at"`
}

// EventFilter narrows a list of events. Zero fields do not.
type EventFilter struct {
	Monitor  string
	Name     string
	Source   string
	SourceID int64
}

func (f EventFilter) values() url.Values {
	values := url.Values{}
	set(values, "monitor", f.Monitor)
	set(values, "event_name", f.Name)
	set(values, "event_source", f.Source)
	setID(values, "event_source_id", f.SourceID)
	return values
}

// Events lists events, newest first.
func (c *Client) Events(ctx context.Context, filter EventFilter, paging Paging) (Page[Event], error) {
	query := paging.values()
	maps.Copy(query, filter.values())
	return get[Page[Event]](ctx, c, "/api/v1/events", query)
}
