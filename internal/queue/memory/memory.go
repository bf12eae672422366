// Package memory is a queue inside one process: the doorbell between a
// controller and an executor that run side by side.
//
// It keeps nothing on disk: what it forgets when the process ends, the store
// still knows. It must not know what its messages are about.
package memory

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// Config bounds the queue. Zero fields take the defaults.
type Config struct {
	// Visibility is how long a received message is hidden until it is
	// acknowledged or comes again. Default: 30s.
	Visibility time.Duration
	// Capacity is the most messages a lane holds; what is sent beyond is dropped,
	// since a sender that waits is worse than a bell that is already ringing.
	// Default: 100,000.
	Capacity int
	// Registerer is for the metrics of queues; nil keeps them to itself.
	Registerer prometheus.Registerer
}

// Queue is a [queue.Queue] in memory. It is safe for concurrent use.
type Queue struct {
	lanes map[queue.Lane]*lane
}

var _ queue.Queue = (*Queue)(nil)

// New makes an empty queue.
func New(config Config) *Queue {
	if config.Visibility <= 0 {
		config.Visibility = 30 * time.Second
	}
	if config.Capacity <= 0 {
		config.Capacity = 100_000
	}
	metrics := queue.NewMetrics(config.Registerer)
	q := &Queue{lanes: map[queue.Lane]*lane{}}
	for _, name := range []queue.Lane{queue.Executions, queue.Deliveries} {
		q.lanes[name] = newLane(name, config, metrics)
	}
	return q
}

// Send never waits. A message that already waits in its lane is not added again.
func (q *Queue) Send(_ context.Context, messages ...queue.Message) error {
	for _, message := range messages {
		lane, err := q.lane(message.Lane)
		if err != nil {
			return err
		}
		if err := lane.send(message); err != nil {
			return err
		}
	}
	return nil
}

// Receive returns messages in the order in which they were sent; those that come
// again go first.
func (q *Queue) Receive(ctx context.Context, name queue.Lane, limit int, wait time.Duration) ([]queue.Delivery, error) {
	lane, err := q.lane(name)
	if err != nil {
		return nil, err
	}
	return lane.receive(ctx, limit, wait)
}

// Ping answers unless the queue is closed.
func (q *Queue) Ping(context.Context) error {
	for _, lane := range q.lanes {
		if lane.isClosed() {
			return errClosed
		}
	}
	return nil
}

// Close ends all calls under way with an error, and those that follow.
func (q *Queue) Close() error {
	for _, lane := range q.lanes {
		lane.close()
	}
	return nil
}

var errClosed = monitor.Errorf(monitor.CodeUnavailable, "the queue is closed")

func (q *Queue) lane(name queue.Lane) (*lane, error) {
	if lane, ok := q.lanes[name]; ok {
		return lane, nil
	}
	return nil, monitor.Errorf(monitor.CodeInternal, "the queue has no lane %q", name)
}
