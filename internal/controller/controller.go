// Package controller decides what is due: at each tick it claims the monitors
// whose time has come and rings for an executor. It also does what somebody has
// to do now and then: it finds lost executions, cleans up, reads the monitor
// folder, and listens to what people say in chats.
//
// Any number of controllers may run at once; the store sees to it that each
// thing is done by one of them. It must not know how monitors are run, and never
// compiles their code to decide anything.
package controller

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// Store is what a controller needs of the store.
type Store interface {
	store.Clock
	store.Scheduling
	store.Cleaning
	AcquireLease(ctx context.Context, name, holder string, now, until time.Time) (bool, error)
	ReleaseLease(ctx context.Context, name, holder string) error
	EndSilences(ctx context.Context, now time.Time, limit int) (int, error)
	Status(ctx context.Context, now time.Time) (store.Status, error)
}

// Folder is where monitors come from besides the API.
type Folder interface {
	// Run registers what is there, and what changes, until ctx ends.
	Run(ctx context.Context) error
	// Loaded tells whether all that was there at first has been seen to.
	Loaded() bool
}

// Deps is what a controller works with.
type Deps struct {
	Store Store
	Queue queue.Queue
	// Folder is nil if there is none to be read.
	Folder Folder
	// Chats are where people can act besides the API.
	Chats []Chat
	// OwnExecutor names the executor that runs in the same process, if one does;
	// its executions are never taken for lost (R74). It may be nil.
	OwnExecutor func() string
	Logger      *slog.Logger
	Registerer  prometheus.Registerer
}

// Config says when the controller does what. Zero fields take the defaults,
// except for the crons: a zero cron is never due.
type Config struct {
	// Tick is how often due monitors are looked for. Default: 1s.
	Tick time.Duration
	// Batch is how many of them are claimed in one transaction. Default: 1,000.
	Batch int
	// Zone is the time zone in which monitors' crons are meant (R70). Default: UTC.
	Zone *time.Location
	// Lost says when lost executions are looked for.
	Lost monitor.Cron
	// CleanEvents and CleanExecutions say when old rows are removed.
	CleanEvents, CleanExecutions Cleaning
	// LeaseTime is for how long a process that died keeps others from what only
	// one may do at a time (R78). Default: 10s.
	LeaseTime time.Duration
}

// Cleaning says when what is older than Keep is removed. With a zero Keep nothing
// ever is.
type Cleaning struct {
	Cron monitor.Cron
	Keep time.Duration
}

func (c Config) withDefaults() Config {
	if c.Tick <= 0 {
		c.Tick = time.Second
	}
	if c.Batch <= 0 {
		c.Batch = 1000
	}
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	if c.LeaseTime <= 0 {
		c.LeaseTime = 10 * time.Second
	}
	return c
}

// Controller decides what is due.
type Controller struct {
	Deps
	config  Config
	metrics *metrics
	// id is what the controller's leases are held by.
	id string
	// elsewhere is set while another process reads the folder.
	elsewhere atomic.Bool
	clock     clock
}

// New makes a controller that does nothing until [Controller.Run].
func New(deps Deps, config Config) *Controller {
	if deps.OwnExecutor == nil {
		deps.OwnExecutor = func() string { return "" }
	}
	return &Controller{
		Deps:    deps,
		config:  config.withDefaults(),
		metrics: newMetrics(deps.Registerer),
		id:      uuid.NewString(),
	}
}

// Run works until ctx ends; the error is nil then.
func (c *Controller) Run(ctx context.Context) error {
	if !c.reschedule(ctx) {
		return nil
	}
	var loops sync.WaitGroup
	loops.Go(func() { c.every(ctx, c.config.Tick, "claiming what is due", c.tick) })
	loops.Go(func() { c.every(ctx, c.config.Tick, "looking for silences that are over", c.endSilences) })
	loops.Go(func() { c.every(ctx, statusInterval, "counting for the metrics", c.sampleStatus) })
	loops.Go(func() { c.every(ctx, statusInterval, "measuring the queue", c.sampleQueue) })
	for _, procedure := range c.procedures() {
		loops.Go(func() { c.runProcedure(ctx, procedure) })
	}
	if c.Folder != nil {
		loops.Go(func() { c.whileLeased(ctx, folderLease, c.Folder.Run, c.elsewhere.Store) })
	}
	if len(c.Chats) > 0 {
		loops.Go(func() { c.whileLeased(ctx, chatLease, c.listen, func(bool) {}) })
	}
	loops.Wait()
	return nil
}

// MonitorsLoaded tells whether the monitor folder has been read, here or by
// another process.
func (c *Controller) MonitorsLoaded() bool {
	return c.Folder == nil || c.Folder.Loaded() || c.elsewhere.Load()
}

// reschedule sees to monitors that were last scheduled in another time zone
// (R76). Nothing is claimed before that; it is false if ctx ended first.
func (c *Controller) reschedule(ctx context.Context) bool {
	trouble := telemetry.NewTrouble(c.Logger, "rescheduling for the time zone")
	for ctx.Err() == nil {
		count, err := c.rescheduleOnce(ctx)
		trouble.Note(ctx, err)
		if err == nil {
			if count > 0 {
				c.Logger.InfoContext(ctx, "monitors rescheduled for the time zone",
					slog.Int("monitors", count), slog.String("time_zone", c.config.Zone.String()))
			}
			return true
		}
		_ = pause.For(ctx, c.config.Tick)
	}
	return false
}

func (c *Controller) rescheduleOnce(ctx context.Context) (int, error) {
	if err := c.syncClock(ctx); err != nil {
		return 0, err
	}
	return c.Store.Reschedule(ctx, c.Store.Now(), c.config.Zone)
}

// every does something at once and then at each multiple of the interval in the
// store's time, until ctx ends. What is due at a whole second, as crons are, is
// so not kept waiting for the rest of a tick that began in between.
func (c *Controller) every(ctx context.Context, interval time.Duration, what string, do func(context.Context) error) {
	trouble := telemetry.NewTrouble(c.Logger, what)
	for ctx.Err() == nil {
		trouble.Note(ctx, do(ctx))
		now := c.Store.Now()
		// ctx is looked at above.
		_ = pause.For(ctx, now.Truncate(interval).Add(interval).Sub(now))
	}
}
