package executor

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
)

// commit writes the run (R01). A commit whose connection broke may have taken
// place, so the execution is read before the same outcome is committed once
// more (R04). The error is the store's refusal, or ctx's cause.
func (t *tenure) commit(ctx context.Context, x *execution) (monitor.Plan, error) {
	now := t.Store.Now()
	var decided monitor.Plan
	decide := func(stored monitor.Snapshot) monitor.Plan {
		decided = t.Runner.Plan(x.program, &x.result, stored, now)
		return decided
	}
	for {
		plan, err := t.commitOnce(ctx, x, now, decide)
		if err == nil || ctx.Err() != nil || monitor.CodeOf(err) == monitor.CodeFenced {
			return plan, err
		}
		ended, endedErr := t.hasEnded(ctx, x)
		switch {
		case endedErr != nil:
			return plan, endedErr
		case ended:
			return decided, nil
		case monitor.CodeOf(err) != monitor.CodeUnavailable:
			return plan, fmt.Errorf("commit: %w", err)
		}
		t.Logger.WarnContext(ctx, "commit is tried again", x.attributes(slog.Any("error", err))...)
		if err := pause.For(ctx, t.retryPause()); err != nil {
			return plan, err
		}
	}
}

// commitOnce has a limit of its own, apart from those of the routines (R06).
func (t *tenure) commitOnce(ctx context.Context, x *execution, now time.Time, decide func(monitor.Snapshot) monitor.Plan) (monitor.Plan, error) {
	limit := monitor.Errorf(monitor.CodeInternal, "it took longer than its limit of %s", t.config.CommitTimeout)
	limited, cancel := context.WithTimeoutCause(ctx, t.config.CommitTimeout, limit)
	defer cancel()
	start := time.Now()
	plan, err := t.Store.Commit(limited, x.Fence, x.loaded, x.result.ModelIDs(), now, decide)
	t.metrics.commit.Observe(time.Since(start).Seconds())
	if err != nil && limited.Err() != nil {
		err = context.Cause(limited)
	}
	return plan, err
}

// hasEnded tells whether a commit that seemed to fail took place.
func (t *tenure) hasEnded(ctx context.Context, x *execution) (ended bool, err error) {
	err = t.insist(ctx, func() (err error) {
		ended, err = t.Store.Ended(ctx, x.Fence)
		return err
	})
	return ended, err
}
