package controller

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// Names of the procedures, as in the configuration.
const (
	executionsLost     = "executions_lost"
	cleanOldEvents     = "clean_old_events"
	cleanOldExecutions = "clean_old_executions"
)

// cleanBatch is how many rows are removed in one transaction: few enough not to
// keep others waiting.
const cleanBatch = 5000

// procedure is something that is done by a cron.
type procedure struct {
	name string
	cron monitor.Cron
	// atStart is set if it is also done when the controller starts.
	atStart bool
	do      func(ctx context.Context) error
}

func (c *Controller) procedures() []procedure {
	// What a killed process left behind is to run again without waiting.
	list := []procedure{{name: executionsLost, cron: c.config.Lost, atStart: true, do: c.endLost}}
	for _, cleaning := range []struct {
		Cleaning
		name   string
		remove func(context.Context, time.Time, int) (int, error)
	}{
		{c.config.CleanEvents, cleanOldEvents, c.Store.CleanEvents},
		{c.config.CleanExecutions, cleanOldExecutions, c.Store.CleanExecutions},
	} {
		if cleaning.Keep > 0 {
			list = append(list, procedure{name: cleaning.name, cron: cleaning.Cron, do: func(ctx context.Context) error {
				return c.clean(ctx, cleaning.name, cleaning.Keep, cleaning.remove)
			}})
		}
	}
	return list
}

// runProcedure does the procedure by its cron until ctx ends, or the cron does.
func (c *Controller) runProcedure(ctx context.Context, p procedure) {
	trouble := telemetry.NewTrouble(c.Logger, p.name)
	due := p.cron.Next(c.Store.Now())
	if p.atStart {
		due = c.Store.Now()
	}
	for !due.IsZero() && pause.For(ctx, due.Sub(c.Store.Now())) == nil {
		trouble.Note(ctx, p.do(ctx))
		due = p.cron.Next(c.Store.Now())
	}
}

// endLost ends the executions whose process is gone, so that their monitors run
// again (R74). Any number of controllers may do so at once.
func (c *Controller) endLost(ctx context.Context) error {
	lost, err := c.Store.EndLost(ctx, c.Store.Now(), c.OwnExecutor())
	for _, execution := range lost {
		c.metrics.lost.Inc()
		c.Logger.WarnContext(ctx, "execution lost: its executor is gone",
			slog.String("monitor", execution.Monitor), slog.Int64("execution_id", execution.ExecutionID),
			slog.String("executor", execution.ExecutorID), slog.Time("due_again_at", execution.DueAt))
	}
	return err
}

// clean removes what is too old, in batches, unless another process is at it
// (R78).
func (c *Controller) clean(ctx context.Context, name string, keep time.Duration, remove func(context.Context, time.Time, int) (int, error)) error {
	total := 0
	for {
		now := c.Store.Now()
		// The lease is left to expire: a process whose clock is a little late is not
		// to do all of it again.
		held, err := c.Store.AcquireLease(ctx, name, c.id, now, now.Add(c.config.LeaseTime))
		if err != nil || !held {
			return err
		}
		removed, err := remove(ctx, now.Add(-keep), cleanBatch)
		if err != nil {
			return fmt.Errorf("after removing %d rows: %w", total, err)
		}
		total += removed
		if removed < cleanBatch {
			break
		}
	}
	if total > 0 {
		c.Logger.InfoContext(ctx, "old rows removed", slog.String("procedure", name), slog.Int("rows", total))
	}
	return nil
}
