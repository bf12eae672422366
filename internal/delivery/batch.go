package delivery

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Batch is a number of deliveries of one monitor.
type Batch struct {
	deliverer  *Deliverer
	executor   string
	monitorID  int64
	deliveries []monitor.Delivery
}

// Deliver makes the deliveries one after the other; one that fails does not stop
// the others. When ctx ends, what is left stays with the executor until its
// lease is gone.
func (b *Batch) Deliver(ctx context.Context) {
	defer b.deliverer.done(b.monitorID)
	for i := range b.deliveries {
		if ctx.Err() != nil {
			return
		}
		b.deliver(ctx, &b.deliveries[i])
	}
}

func (b *Batch) deliver(ctx context.Context, delivery *monitor.Delivery) {
	start := time.Now()
	err := b.tell(ctx, delivery)
	// An attempt that was broken off says nothing about the target.
	if ctx.Err() != nil {
		return
	}
	verdict := b.deliverer.judge(delivery, err)
	b.deliverer.metrics.observe(delivery, verdict, time.Since(start))
	b.report(ctx, delivery, verdict)
	b.settle(ctx, delivery, verdict)
}

// tell also makes an error of a panic: it must cost no other delivery.
func (b *Batch) tell(ctx context.Context, delivery *monitor.Delivery) (err error) {
	target, ok := b.deliverer.targets[delivery.Target]
	if !ok {
		return fmt.Errorf("there is no target %q in this process", delivery.Target)
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("internal error: panic: %v", reason)
		}
	}()
	return target.Deliver(ctx, *delivery)
}

// verdict is how an attempt ended.
type verdict struct {
	result result
	// failure is what went wrong; empty if nothing did.
	failure string
	// retryAt is when it is tried again; zero if it is not.
	retryAt time.Time
}

func (d *Deliverer) judge(delivery *monitor.Delivery, err error) verdict {
	switch {
	case err == nil:
		return verdict{result: succeeded}
	case delivery.Attempts+1 >= d.config.MaxAttempts:
		return verdict{result: dead, failure: err.Error()}
	}
	return verdict{result: failed, failure: err.Error(), retryAt: d.store.Now().Add(d.backoff(delivery.Attempts))}
}

// backoff doubles with each failure so far. Half of it is random, lest all that
// failed at once come back at once.
func (d *Deliverer) backoff(failures int) time.Duration {
	pause := d.config.MaxBackoff
	if shifted := d.config.Backoff << min(failures, 30); shifted > 0 {
		pause = min(pause, shifted)
	}
	return pause/2 + rand.N(pause/2+1)
}

func (b *Batch) report(ctx context.Context, delivery *monitor.Delivery, v verdict) {
	if v.result == succeeded {
		return
	}
	attributes := []slog.Attr{
		slog.String("monitor", delivery.Event.MonitorName),
		slog.String("event", string(delivery.Event.Name)),
		slog.Int64("event_id", delivery.Event.ID),
		slog.String("target", delivery.Target),
		slog.Int("attempt", delivery.Attempts+1),
		slog.String("error", v.failure),
	}
	if v.result == dead {
		b.deliverer.logger.LogAttrs(ctx, slog.LevelError, "delivery failed for the last time", attributes...)
		return
	}
	attributes = append(attributes, slog.Time("retry_at", v.retryAt))
	b.deliverer.logger.LogAttrs(ctx, slog.LevelWarn, "delivery failed and will be tried again", attributes...)
}

// settle tries until the store has it or ctx ends: a delivery that is not
// settled would stay with this executor for as long as it lives.
func (b *Batch) settle(ctx context.Context, delivery *monitor.Delivery, v verdict) {
	for {
		err := b.deliverer.store.SettleDelivery(ctx, delivery.ID, b.executor, v.failure, v.retryAt, b.deliverer.store.Now())
		if err == nil || ctx.Err() != nil {
			return
		}
		b.deliverer.logger.WarnContext(ctx, "delivery could not be settled",
			slog.Int64("delivery_id", delivery.ID), slog.Any("error", err))
		if monitor.CodeOf(err) != monitor.CodeUnavailable {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}
