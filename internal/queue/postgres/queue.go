// Package postgres is a queue in the application database, for those who have
// PostgreSQL and no other queue: a small table whose rows receivers take with
// skip locked, and notifications that wake them.
//
// It must not know what its messages are about, nor any other table.
package postgres

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// Config is how the queue behaves. Zero fields take the defaults.
type Config struct {
	// Visibility is how long a received message is hidden until it is
	// acknowledged or comes again. Default: 30s.
	Visibility time.Duration
	// Poll is how often waiting receivers look without having been woken: where
	// notifications do not come through, and for what comes again. Default: 1s.
	Poll time.Duration
	// Keep is how old a message may get that nobody receives. Default: 24h.
	Keep time.Duration
	// CleanInterval is how often older ones are removed. Default: 10m.
	CleanInterval time.Duration
	// AnswerTimeout bounds each statement. Default: 30s.
	AnswerTimeout time.Duration
}

func (c Config) withDefaults() Config {
	setDefault(&c.Visibility, 30*time.Second)
	setDefault(&c.Poll, time.Second)
	setDefault(&c.Keep, 24*time.Hour)
	setDefault(&c.CleanInterval, 10*time.Minute)
	setDefault(&c.AnswerTimeout, 30*time.Second)
	return c
}

func setDefault(field *time.Duration, value time.Duration) {
	if *field <= 0 {
		*field = value
	}
}

// Queue is a [queue.Queue] in a table. It is safe for concurrent use.
type Queue struct {
	config  Config
	logger  *slog.Logger
	metrics queue.Metrics
	pool    *pgxpool.Pool
	acks    *queue.Batcher[receipt]
	bells   map[queue.Lane]*bell

	// done is closed by Close; background are what it ends.
	done       chan struct{}
	close      func()
	background sync.WaitGroup
}

var _ queue.Queue = (*Queue)(nil)

// Open connects to the application database. It is an error if that is no
// PostgreSQL, cannot be reached, or lacks the table.
func Open(ctx context.Context, base queue.Config, config Config) (*Queue, error) {
	q := &Queue{
		config:  config.withDefaults(),
		logger:  base.Logger,
		metrics: queue.NewMetrics(base.Registerer),
		bells:   map[queue.Lane]*bell{queue.Executions: newBell(), queue.Deliveries: newBell()},
		done:    make(chan struct{}),
	}
	q.acks = queue.NewBatcher(maxBatch, q.remove)
	parsed, err := parseAddress(base.Database)
	if err != nil {
		return nil, err
	}
	parsed.ConnConfig.OnNotification = q.notified
	if q.pool, err = pgxpool.NewWithConfig(ctx, parsed); err != nil {
		return nil, translate(err)
	}
	if err := q.Ping(ctx); err != nil {
		q.pool.Close()
		return nil, err
	}
	living, cancel := context.WithCancel(context.WithoutCancel(ctx))
	q.close = sync.OnceFunc(func() {
		close(q.done)
		cancel()
		q.background.Wait()
		q.acks.Wait()
		q.pool.Close()
	})
	q.background.Go(func() { q.listen(living) })
	q.background.Go(func() { q.clean(living) })
	return q, nil
}

// Ping tells whether the table can be read.
func (q *Queue) Ping(ctx context.Context) error {
	return q.bounded(ctx, func(ctx context.Context) error {
		_, err := q.pool.Exec(ctx, `select from queue_messages limit 1`)
		return err
	})
}

// errSilent ends a statement that took longer than AnswerTimeout.
var errSilent = errors.New("the queue's database does not answer")

// bounded runs a statement, translates its error, and has it end in time: a
// connection that leads nowhere any more would otherwise hold up a lane for as long
// as the network takes to notice.
func (q *Queue) bounded(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, q.config.AnswerTimeout, errSilent)
	defer cancel()
	err := do(ctx)
	if err != nil && errors.Is(context.Cause(ctx), errSilent) && !q.closed() {
		return monitor.Errorf(monitor.CodeUnavailable, "the queue's database has not answered within %s: %w", q.config.AnswerTimeout, err)
	}
	return q.translate(err)
}

// Close ends all calls under way with an error, and those that follow.
func (q *Queue) Close() error {
	q.close()
	return nil
}

var errClosed = monitor.Errorf(monitor.CodeUnavailable, "the queue is closed")

// closed tells whether Close was called.
func (q *Queue) closed() bool {
	select {
	case <-q.done:
		return true
	default:
		return false
	}
}

// translate is [translate], but what fails because of Close says so.
func (q *Queue) translate(err error) error {
	if err != nil && q.closed() {
		return errClosed
	}
	return translate(err)
}

func (q *Queue) bell(lane queue.Lane) (*bell, error) {
	if bell, ok := q.bells[lane]; ok {
		return bell, nil
	}
	return nil, monitor.Errorf(monitor.CodeInternal, "the queue has no lane %q", lane)
}
