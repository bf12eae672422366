// Package delivery does the work that events leave to be done: it takes due
// deliveries, has their targets told, and tries those that fail again until they
// are dead (R80, R81).
//
// It must not know how a target is told, nor which process it works for.
package delivery

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Store is what delivering needs of the store.
type Store interface {
	Now() time.Time
	TakeDeliveries(ctx context.Context, executor string, except []int64, limit int, now time.Time) ([]monitor.Delivery, error)
	SettleDelivery(ctx context.Context, id int64, executor, failure string, retryAt, now time.Time) error
}

// Target is told about events.
type Target interface {
	// Deliver tells it about one event. Being told again must be harmless or
	// bearable: a delivery that was not settled is repeated.
	Deliver(ctx context.Context, d monitor.Delivery) error
}

// Config bounds the work. Zero fields take the defaults.
type Config struct {
	// Batch is the most deliveries that are taken at once. Default: 20.
	Batch int
	// MaxAttempts is after how many failed attempts a delivery is dead. Default: 10.
	MaxAttempts int
	// Backoff is the pause after the first failure; it doubles with each further
	// one, up to MaxBackoff. Defaults: 2s, 10m.
	Backoff    time.Duration
	MaxBackoff time.Duration
}

func (c Config) withDefaults() Config {
	if c.Batch <= 0 {
		c.Batch = 20
	}
	if c.MaxAttempts <= 0 {
		c.MaxAttempts = 10
	}
	if c.Backoff <= 0 {
		c.Backoff = 2 * time.Second
	}
	if c.MaxBackoff <= 0 {
		c.MaxBackoff = 10 * time.Minute
	}
	return c
}

// Deliverer delivers. It is safe for concurrent use.
type Deliverer struct {
	store   Store
	targets map[string]Target
	logger  *slog.Logger
	metrics *metrics
	config  Config

	mu sync.Mutex
	// busy has the monitors of batches that are not done yet.
	busy map[int64]bool
}

// New makes a deliverer; targets are those that deliveries can name.
func New(store Store, targets map[string]Target, logger *slog.Logger, registerer prometheus.Registerer, config Config) *Deliverer {
	return &Deliverer{
		store:   store,
		targets: targets,
		logger:  logger,
		metrics: newMetrics(registerer),
		config:  config.withDefaults(),
		busy:    map[int64]bool{},
	}
}

// Take takes a batch in the executor's name, or nil if nothing is due. Its
// [Batch.Deliver] must be called.
//
// At most one batch of a monitor is under way at a time, so that a monitor whose
// reactions are slow takes one slot and no more.
func (d *Deliverer) Take(ctx context.Context, executor string) (*Batch, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	except := make([]int64, 0, len(d.busy))
	for id := range d.busy {
		except = append(except, id)
	}
	deliveries, err := d.store.TakeDeliveries(ctx, executor, except, d.config.Batch, d.store.Now())
	if err != nil || len(deliveries) == 0 {
		return nil, err
	}
	monitorID := deliveries[0].Event.MonitorID
	d.busy[monitorID] = true
	return &Batch{deliverer: d, executor: executor, monitorID: monitorID, deliveries: deliveries}, nil
}

func (d *Deliverer) done(monitorID int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.busy, monitorID)
}
