package executor

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// errLeaseLost is why runs are cancelled when the lease could not be renewed.
var errLeaseLost = errors.New("the executor's lease was lost")

// lease tells other processes that this one is alive (R04).
type lease struct {
	executor *Executor
	id       string
	// expires is when it is gone, by this process's own clock: never later than
	// the store thinks.
	expires time.Time
}

// heartbeatsPerLease is how many heartbeats may be missed before others may take
// the process for dead.
const heartbeatsPerLease = 3

// exclusiveLease is how long a lease lasts where no other process could take
// over. The next one to open the store does not wait for its end; and a renewal
// waits there for a large commit, which must not cost that very commit its lease.
const exclusiveLease = 10 * time.Minute

func (e *Executor) leaseTime() time.Duration {
	lease := heartbeatsPerLease * e.config.Heartbeat
	if _, ok := e.Store.(store.Exclusive); ok {
		return max(lease, exclusiveLease)
	}
	return lease
}

// acquire registers the process under a new id, as often as it takes. The error
// is ctx's.
func (e *Executor) acquire(ctx context.Context) (*lease, error) {
	l := &lease{executor: e, id: uuid.NewString()}
	trouble := telemetry.NewTrouble(e.Logger, "registering the executor")
	for {
		err := l.extend(ctx, e.Store.RegisterExecutor)
		trouble.Note(ctx, err)
		if err == nil {
			e.Logger.InfoContext(ctx, "executor registered", slog.String("executor", l.id))
			return l, nil
		}
		if err := pause.For(ctx, e.retryPause()); err != nil {
			return nil, err
		}
	}
}

// keep renews the lease until ctx ends. It is an error if it is lost: the store
// says so, or has not answered before it expired.
func (l *lease) keep(ctx context.Context) error {
	e := l.executor
	trouble := telemetry.NewTrouble(e.Logger, "renewing the lease")
	wait := e.config.Heartbeat
	for pause.For(ctx, wait) == nil && ctx.Err() == nil {
		limited, cancel := context.WithDeadline(ctx, l.expires)
		err := l.extend(limited, e.Store.RenewExecutor)
		cancel()
		trouble.Note(ctx, err)
		switch {
		case err == nil:
			wait = e.config.Heartbeat
		case ctx.Err() != nil:
			wait = 0
		case monitor.CodeOf(err) == monitor.CodeFenced || !time.Now().Before(l.expires):
			return errLeaseLost
		default:
			wait = min(e.retryPause(), time.Until(l.expires))
		}
	}
	return nil
}

// retryPause is how long to wait before the store is asked once more.
func (e *Executor) retryPause() time.Duration { return min(time.Second, e.config.Heartbeat) }

// extend has the store set the lease's end, and takes the occasion to sample the
// store's clock (R77).
func (l *lease) extend(ctx context.Context, set func(ctx context.Context, id string, now, until time.Time) error) error {
	leases := l.executor.Store
	offset, err := leases.Sync(ctx)
	if err != nil {
		return err
	}
	l.executor.metrics.clockOffset.Set(offset.Seconds())
	began, now := time.Now(), leases.Now()
	if err := set(ctx, l.id, now, now.Add(l.executor.leaseTime())); err != nil {
		return err
	}
	l.expires = began.Add(l.executor.leaseTime())
	return nil
}
