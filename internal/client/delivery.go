package client

import (
	"context"
	"net/http"
	"time"
)

// Delivery is the work that an event leaves to be done. What is done is not kept.
type Delivery struct {
	ID     int64  `json:"id"`
	Status string `json:"status" enum:"open,taken,dead" doc:"open: it is due, now or later; taken: it is being made; dead: it failed for the last time."`
	Target string `json:"target" doc:"What is told: reactions are the functions of the monitor."`
	// Attempts counts those that failed.
	Attempts int    `json:"attempts" doc:"How often it failed."`
	Error    string `json:"error" doc:"What went wrong last; empty if nothing did."`
	// DueAt is nil for what is dead.
	DueAt *time.Time `json:"due_at" doc:"When it is tried (again); null if it is dead."`
	// DeadAt is nil unless it is dead.
	DeadAt *time.Time `json:"dead_at" doc:"When it failed for the last time; null if it is not dead."`
	Event  Event      `json:"event"`
}

// DeliveryFilter narrows a list of deliveries. Zero fields do not.
type DeliveryFilter struct {
	Monitor string
	Status  string
}

// Deliveries lists deliveries, newest first.
func (c *Client) Deliveries(ctx context.Context, filter DeliveryFilter, paging Paging) (Page[Delivery], error) {
	query := paging.values()
	set(query, "monitor", filter.Monitor)
	set(query, "status", filter.Status)
	return get[Page[Delivery]](ctx, c, "/api/v1/deliveries", query)
}

// RedeliverRequest says which dead deliveries are meant: exactly one field is set.
type RedeliverRequest struct {
	EventIDs []int64 `json:"event_ids,omitempty" nullable:"false" maxItems:"1000" doc:"Those of these events, each of which must have one."`
	Monitor  string  `json:"monitor,omitempty" maxLength:"200" pattern:"^[^\\x00]*$" doc:"Those of the monitor of this name."`
	All      bool    `json:"all,omitempty" doc:"All."`
}

// Redelivered tells what was made due again.
type Redelivered struct {
	Deliveries int `json:"deliveries" doc:"How many deliveries are due now that were dead."`
}

// Redeliver makes dead deliveries due again, as if they had never been tried.
func (c *Client) Redeliver(ctx context.Context, request RedeliverRequest) (Redelivered, error) {
	return call[Redelivered](ctx, c, http.MethodPost, "/api/v1/deliveries/redeliver", request)
}
