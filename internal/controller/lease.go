package controller

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// folderLease is held by the process that reads the monitor folder (R78).
const folderLease = "monitor_folder"

var errLeaseGone = errors.New("another process may hold the lease by now")

// whileLeased does something for as long as this process has the lease, and
// again whenever it gets it back, until ctx ends. elsewhere is told whether another
// process has it.
func (c *Controller) whileLeased(ctx context.Context, name string, do func(context.Context) error, elsewhere func(bool)) {
	trouble := telemetry.NewTrouble(c.Logger, name)
	for ctx.Err() == nil {
		began := time.Now()
		held, err := c.extendLease(ctx, name)
		trouble.Note(ctx, err)
		elsewhere(err == nil && !held)
		if held {
			trouble.Note(ctx, c.doLeased(ctx, name, began.Add(c.config.LeaseTime), do))
		}
		// ctx is looked at above.
		_ = pause.For(ctx, c.config.LeaseTime/3)
	}
}

// doLeased does it once, while the lease, which expires then, can be extended, and
// gives the lease up if it still has it.
func (c *Controller) doLeased(ctx context.Context, name string, expires time.Time, do func(context.Context) error) error {
	leased, cancel := context.WithCancelCause(ctx)
	var extending sync.WaitGroup
	extending.Go(func() { c.keepLease(leased, name, expires, cancel) })
	err := do(leased)
	gone := errors.Is(context.Cause(leased), errLeaseGone)
	cancel(nil)
	extending.Wait()
	if gone {
		return errLeaseGone
	}
	// Whoever comes next need not wait for its end, even if ctx has ended.
	releasing, stop := context.WithTimeout(context.WithoutCancel(ctx), c.config.LeaseTime)
	defer stop()
	return errors.Join(err, c.Store.ReleaseLease(releasing, name, c.id))
}

// keepLease extends the lease until ctx ends, and cancels if it cannot: no later
// than when it expires, by this process's own clock.
func (c *Controller) keepLease(ctx context.Context, name string, expires time.Time, cancel context.CancelCauseFunc) {
	for pause.For(ctx, min(c.config.LeaseTime/3, time.Until(expires))) == nil {
		began := time.Now()
		limited, stop := context.WithDeadline(ctx, expires)
		held, err := c.extendLease(limited, name)
		stop()
		switch {
		case held:
			expires = began.Add(c.config.LeaseTime)
		case ctx.Err() != nil:
			return
		case err == nil || !time.Now().Before(expires):
			c.Logger.WarnContext(ctx, "lease gone", slog.String("lease", name), slog.Any("error", err))
			cancel(errLeaseGone)
			return
		}
	}
}

func (c *Controller) extendLease(ctx context.Context, name string) (bool, error) {
	now := c.Store.Now()
	return c.Store.AcquireLease(ctx, name, c.id, now, now.Add(c.config.LeaseTime))
}
