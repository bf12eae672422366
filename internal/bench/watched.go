package main

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// watched tells when executions have ended. Everything else is the store's.
type watched struct {
	store.Database
	ended chan<- error
}

// Commit commits; that an execution failed is an error of the measurement.
func (w *watched) Commit(ctx context.Context, fence monitor.Fence, loaded monitor.Snapshot, modelIDs []string, now time.Time, decide func(monitor.Snapshot) monitor.Plan) (monitor.Plan, error) {
	plan, err := w.Database.Commit(ctx, fence, loaded, modelIDs, now, decide)
	switch {
	case err != nil:
		// The executor tries again or ends the execution as failed.
	case plan.Execution.Status != monitor.ExecutionSucceeded:
		w.tell(ctx, fmt.Errorf("the execution %s: %s", plan.Execution.Status, plan.Execution.Report.Error))
	default:
		w.tell(ctx, nil)
	}
	return plan, err
}

// Fail ends an execution that could not be committed.
func (w *watched) Fail(ctx context.Context, fence monitor.Fence, report monitor.Report, now time.Time) error {
	err := w.Database.Fail(ctx, fence, report, now)
	w.tell(ctx, fmt.Errorf("the execution failed: %s", report.Error))
	return err
}

func (w *watched) tell(ctx context.Context, err error) {
	select {
	case w.ended <- err:
	case <-ctx.Done():
	}
}
