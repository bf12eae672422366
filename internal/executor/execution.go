package executor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

// execution is one execution on its way from the store to the store.
type execution struct {
	*store.Taken
	program *script.Program
	loaded  monitor.Snapshot
	result  run.Result
}

// execute sees an execution through to its end, whatever that is.
func (t *tenure) execute(ctx context.Context, taken *store.Taken) {
	t.began(taken)
	defer t.ended(taken)
	x := &execution{Taken: taken}
	plan, err := t.perform(ctx, x)
	switch {
	case err == nil:
		t.announce(ctx, x, &plan)
	case ctx.Err() != nil:
		t.Logger.InfoContext(ctx, "execution dropped", x.attributes(slog.Any("reason", context.Cause(ctx)))...)
	default:
		t.fail(ctx, x, err)
	}
}

// perform is a run from the top to the bottom (R01): compile, load, call, commit.
func (t *tenure) perform(ctx context.Context, x *execution) (plan monitor.Plan, err error) {
	defer t.recoverPanic(ctx, x, &err)

	err = t.insist(ctx, func() (err error) {
		x.program, err = t.Programs.Get(ctx, x.VersionID)
		return err
	})
	if err != nil {
		return plan, err
	}
	err = t.insist(ctx, func() (err error) {
		x.loaded, err = t.Store.Load(ctx, x.Fence)
		return err
	})
	if err != nil {
		return plan, fmt.Errorf("load: %w", err)
	}
	x.result, err = t.Runner.Run(ctx, x.program, &x.loaded, x.Execution.Tasks, t.Store.Now(), uint64(x.Execution.ID))
	if err != nil {
		return plan, err
	}
	return t.commit(ctx, x)
}

// recoverPanic makes an error of a panic, so that it costs this run only.
func (t *tenure) recoverPanic(ctx context.Context, x *execution, err *error) {
	if reason := recover(); reason != nil {
		*err = fmt.Errorf("internal error: panic: %v", reason)
		t.Logger.ErrorContext(ctx, "panic in a run", x.attributes(
			slog.Any("panic", reason), slog.String("stack", string(debug.Stack())))...)
	}
}

// fail ends an execution that cannot be committed: it changes nothing else (R04).
func (t *tenure) fail(ctx context.Context, x *execution, reason error) {
	if monitor.CodeOf(reason) == monitor.CodeFenced {
		t.Logger.WarnContext(ctx, "execution is no longer this executor's", x.attributes()...)
		return
	}
	report := x.result.Outcome.Report
	report.Error = reason.Error()
	err := t.insist(ctx, func() error { return t.Store.Fail(ctx, x.Fence, report, t.Store.Now()) })
	if err != nil {
		t.Logger.ErrorContext(ctx, "failure could not be recorded", x.attributes(slog.Any("error", errors.Join(err, reason)))...)
		return
	}
	t.metrics.executions.WithLabelValues(x.MonitorName, string(monitor.ExecutionFailed)).Inc()
	t.Logger.WarnContext(ctx, "execution failed", x.attributes(slog.String("error", report.Error))...)
}

// insist repeats what the store refuses only because it is away, for as long as
// the lease holds: ctx ends with it.
func (t *tenure) insist(ctx context.Context, do func() error) error {
	for {
		err := do()
		if err == nil || monitor.CodeOf(err) != monitor.CodeUnavailable {
			return err
		}
		if pause.For(ctx, t.retryPause()) != nil {
			return err
		}
	}
}

func (t *tenure) began(taken *store.Taken) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.running[taken.Fence] = true
	t.metrics.running.Inc()
	t.metrics.wait.Observe(t.Store.Now().Sub(taken.Execution.QueuedAt).Seconds())
}

func (t *tenure) ended(taken *store.Taken) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.running, taken.Fence)
	t.metrics.running.Dec()
}

// attributes name the execution in the log.
func (x *execution) attributes(more ...any) []any {
	return append([]any{
		slog.String("monitor", x.MonitorName),
		slog.Int64("execution_id", x.Execution.ID),
	}, more...)
}
