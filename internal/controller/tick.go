package controller

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/queue"
)

// tick claims all that is due and rings for it (R71, R73).
func (c *Controller) tick(ctx context.Context) error {
	if err := c.syncClock(ctx); err != nil {
		return err
	}
	for {
		start := time.Now()
		claimed, err := c.Store.ClaimDue(ctx, c.Store.Now(), c.config.Zone, c.config.Batch)
		c.metrics.claim.Observe(time.Since(start).Seconds())
		c.metrics.claimed.Add(float64(len(claimed)))
		// Some may have been claimed beside one whose cron cannot be read.
		c.ring(ctx, claimed)
		if err != nil {
			return fmt.Errorf("claim what is due: %w", err)
		}
		if len(claimed) < c.config.Batch {
			return nil
		}
	}
}

// ring says that there is work. If nobody hears it, executors find the work by
// looking.
func (c *Controller) ring(ctx context.Context, executions []int64) {
	if len(executions) == 0 {
		return
	}
	c.Logger.DebugContext(ctx, "executions queued", slog.Int("executions", len(executions)))
	messages := make([]queue.Message, len(executions))
	for i, id := range executions {
		messages[i] = queue.Message{Lane: queue.Executions, ID: id}
	}
	if err := c.Queue.Send(ctx, messages...); err != nil {
		c.Logger.WarnContext(ctx, "executions could not be announced: executors will find them", slog.Any("error", err))
	}
}

// maxOffset is by how much the store's clock may differ before that is worth a
// warning.
const maxOffset = time.Second

// clock remembers whether the store's clock was off.
type clock struct{ off bool }

// syncClock samples the store's clock, by which everything is due (R77).
func (c *Controller) syncClock(ctx context.Context) error {
	offset, err := c.Store.Sync(ctx)
	if err != nil {
		return fmt.Errorf("read the store's clock: %w", err)
	}
	c.metrics.clockOffset.Set(offset.Seconds())
	off := offset.Abs() > maxOffset
	if off && !c.clock.off {
		c.Logger.WarnContext(ctx, "this machine's clock and the store's differ; the store's counts", slog.Duration("offset", offset))
	}
	c.clock.off = off
	return nil
}
