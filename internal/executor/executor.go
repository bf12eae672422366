// Package executor does what is queued: it takes executions and deliveries into
// its slots, under a lease that tells the others that it is alive, and sees each
// of them through to the store.
//
// It must not know when monitors are due, nor what their code is written in.
package executor

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// Store is what an executor needs of the store.
type Store interface {
	store.Clock
	store.Leases
	store.Runs
}

// Programs compiles versions; the catalog does.
type Programs interface {
	// Get gives the code of a version. It is an error if that does not compile.
	Get(ctx context.Context, versionID int64) (*script.Program, error)
}

// Notifier tells people of alerts.
type Notifier interface {
	// Take takes something to be told in the executor's name. The function that it
	// gives tells it; nil if nothing is due.
	Take(ctx context.Context, executor string) (func(context.Context), error)
}

// Deps is what an executor works with.
type Deps struct {
	Store     Store
	Queue     queue.Queue
	Programs  Programs
	Runner    *run.Runner
	Deliverer *delivery.Deliverer
	// Notifier is nil in a process that tells nobody of alerts.
	Notifier   Notifier
	Logger     *slog.Logger
	Registerer prometheus.Registerer
}

// Config bounds an executor. Zero fields take the defaults.
type Config struct {
	// Concurrency and DeliveryConcurrency are how many executions are under way at a
	// time, and how many batches of reactions and how many targets of notifications.
	// Defaults: 10, 10.
	Concurrency         int
	DeliveryConcurrency int
	// Heartbeat is how often the lease is renewed; it lasts for three of them
	// (R04). Default: 5s.
	Heartbeat time.Duration
	// Look is how often work is looked for without a message (R73). Default: 1s.
	Look time.Duration
	// CommitTimeout bounds each attempt to commit. Default: 60s.
	CommitTimeout time.Duration
	// GracePeriod is how long work may go on after a stop was asked for, before it
	// is cancelled and handed back. Default: 20s.
	GracePeriod time.Duration
}

func (c Config) withDefaults() Config {
	setDefault(&c.Concurrency, 10)
	setDefault(&c.DeliveryConcurrency, 10)
	setDefault(&c.Heartbeat, 5*time.Second)
	setDefault(&c.Look, time.Second)
	setDefault(&c.CommitTimeout, time.Minute)
	setDefault(&c.GracePeriod, 20*time.Second)
	return c
}

func setDefault[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}

// Executor runs monitors and delivers events.
type Executor struct {
	Deps
	config  Config
	metrics *metrics
	// Each has an element for each slot in use.
	executions, deliveries, notices slots
	// bell has notifications looked for.
	bell bell
	// id names the latest lease.
	id atomic.Value
}

// New makes an executor that does nothing until [Executor.Run].
func New(deps Deps, config Config) *Executor {
	config = config.withDefaults()
	e := &Executor{
		Deps:       deps,
		config:     config,
		metrics:    newMetrics(deps.Registerer),
		executions: make(slots, config.Concurrency),
		deliveries: make(slots, config.DeliveryConcurrency),
		notices:    make(slots, config.DeliveryConcurrency),
		bell:       newBell(),
	}
	e.id.Store("")
	return e
}

// ID names the executor as the store knows it; empty until it is registered.
func (e *Executor) ID() string { return e.id.Load().(string) }

// Ring says that there may be alerts to tell people of: that is looked for at once
// instead of within a second. It never blocks.
func (e *Executor) Ring() { e.bell.ring() }

// Run works until ctx ends, and then stops in order: it receives no more, lets
// what is under way finish within the grace period, and hands back the rest. The
// error is nil then.
func (e *Executor) Run(ctx context.Context) error {
	var tenures sync.WaitGroup
	defer tenures.Wait()
	for ctx.Err() == nil {
		lease, err := e.acquire(ctx)
		if err != nil {
			break
		}
		e.id.Store(lease.id)
		retired := make(chan struct{})
		tenures.Go(func() { e.serve(ctx, lease, func() { close(retired) }) })
		<-retired
	}
	return nil
}
