// Package queue is the port to the queue: the doorbell that says that there is
// work. The store is the truth (R73), so messages may be lost, late or repeated.
//
// It must not know what executions and deliveries are.
package queue

import (
	"context"
	"time"
)

// Lane separates kinds of work that must not hold each other up.
type Lane string

// The lanes.
const (
	// Executions carries the ids of queued executions.
	Executions Lane = "executions"
	// Deliveries says that there are deliveries; its messages name an execution
	// or 0.
	Deliveries Lane = "deliveries"
)

// Message says that there is work in a lane.
type Message struct {
	Lane Lane  `json:"lane"`
	ID   int64 `json:"id"`
}

// Queue sends and receives messages, at least once each.
type Queue interface {
	// Send queues all messages, or says why it could not. Some may have been
	// queued then.
	Send(ctx context.Context, messages ...Message) error
	// Receive waits until there is a message in the lane, ctx ends or wait has
	// passed, and returns up to limit of them: none if the time passed.
	Receive(ctx context.Context, lane Lane, limit int, wait time.Duration) ([]Delivery, error)
	// Ping tells whether the queue answers.
	Ping(ctx context.Context) error
	// Close releases its connections.
	Close() error
}

// Delivery is a message that was received and is to be acknowledged.
type Delivery struct {
	Message Message
	// Ack removes the message. A message that is not acknowledged comes again.
	Ack func(ctx context.Context) error
	// Extend keeps it from coming again for that long.
	Extend func(ctx context.Context, by time.Duration) error
}
