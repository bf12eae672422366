// Package sqs is a queue in Amazon SQS: a standard queue for each lane.
//
// It must not know what its messages are about.
package sqs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// Config is how the queue behaves. Zero fields take the defaults.
type Config struct {
	// Visibility is how long a received message is hidden until it is acknowledged
	// or comes again, in whole seconds. Default: 30s. It counts more than what the
	// queue itself is set to.
	Visibility time.Duration
}

// Queue is a [queue.Queue] in SQS. It is safe for concurrent use.
type Queue struct {
	config  Config
	logger  *slog.Logger
	metrics queue.Metrics
	client  *sqs.Client
	target  target
	lanes   map[queue.Lane]*lane

	// done is closed by Close.
	done  chan struct{}
	close func()
}

var _ queue.Queue = (*Queue)(nil)

// lane is one of the queues.
type lane struct {
	name queue.Lane
	url  string
	// deadLetters tells whether SQS moves away what is received too often.
	deadLetters bool
	acks        *queue.Batcher[string]
	// recreate is the name under which the queue may be created should it vanish;
	// empty if it may not.
	recreate string
}

// openTimeout bounds finding the queues, with the attempts that the SDK makes.
const openTimeout = 20 * time.Second

// Open finds the queues, or creates them if it may. It is an error if they are
// not there, or if AWS refuses us.
func Open(ctx context.Context, base queue.Config, config Config) (*Queue, error) {
	if config.Visibility <= 0 {
		config.Visibility = 30 * time.Second
	}
	ctx, cancel := context.WithTimeoutCause(ctx, openTimeout, monitor.Errorf(monitor.CodeUnavailable, "SQS did not answer within %s", openTimeout))
	defer cancel()
	if base.SQS.Executions == base.SQS.Deliveries {
		return nil, monitor.Errorf(monitor.CodeInvalid, "application_queue.sqs: executions and deliveries are the same queue: they have to be two")
	}
	client, target, release, err := newClient(ctx, base.SQS, base.Logger)
	if err != nil {
		return nil, err
	}
	q := &Queue{
		config:  config,
		logger:  base.Logger,
		metrics: queue.NewMetrics(base.Registerer),
		client:  client,
		target:  target,
		lanes:   map[queue.Lane]*lane{},
		done:    make(chan struct{}),
	}
	if err := q.findAll(ctx, base.SQS); err != nil {
		release()
		return nil, err
	}
	q.close = sync.OnceFunc(func() {
		close(q.done)
		for _, lane := range q.lanes {
			lane.acks.Wait()
		}
		release()
	})
	return q, nil
}

// Ping tells whether SQS answers.
func (q *Queue) Ping(ctx context.Context) error {
	ctx, release, err := q.begin(ctx)
	if err != nil {
		return err
	}
	defer release()
	_, err = q.attributes(ctx, q.lanes[queue.Executions].url)
	return err
}

// Close ends all calls under way with an error, and those that follow.
func (q *Queue) Close() error {
	q.close()
	return nil
}

var errClosed = monitor.Errorf(monitor.CodeUnavailable, "the queue is closed")

// begin gives a context that also ends when the queue is closed. release is to
// be called when the call is over.
func (q *Queue) begin(ctx context.Context) (_ context.Context, release func(), err error) {
	select {
	case <-q.done:
		return nil, nil, errClosed
	default:
	}
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		select {
		case <-q.done:
			cancel(errClosed)
		case <-ctx.Done():
		}
	}()
	return ctx, func() { cancel(nil) }, nil
}

func (q *Queue) lane(name queue.Lane) (*lane, error) {
	if lane, ok := q.lanes[name]; ok {
		return lane, nil
	}
	return nil, monitor.Errorf(monitor.CodeInternal, "the queue has no lane %q", name)
}
