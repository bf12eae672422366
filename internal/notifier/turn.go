package notifier

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/store"
)

// turn is the time for which a target is this executor's.
type turn struct {
	*Notifier
	executor string
	taken    *store.TakenTarget
	// target is nil if it is not configured in this process.
	target *target
	// sentAt is when it was last told something.
	sentAt time.Time
	// heldBack counts the alerts that the throttle does not let through.
	heldBack int
	// storeAway is set if the store cannot be reached, or the target is somebody
	// else's by now: that says nothing about the target.
	storeAway bool
}

// run brings what is due up to date, as far as it gets. A target that fails is left
// alone for a while: so an outage costs one attempt at a time, not one for each
// alert.
func (t *turn) run(ctx context.Context) {
	until := time.Now().Add(t.config.Slice)
	for i := range t.taken.Notices {
		if ctx.Err() != nil || t.storeAway || time.Now().After(until) || t.taken.NextAt.After(t.Store.Now()) {
			break
		}
		t.bring(ctx, &t.taken.Notices[i])
	}
	t.tellHeldBack(ctx)
	t.release(ctx)
}

// release gives the target back, also when the process is stopping. It tries until
// the store has it or ctx has ended: what is not released would stay with this executor
// for as long as it lives.
func (t *turn) release(ctx context.Context) {
	if pace := t.pace(); !t.sentAt.IsZero() && pace > 0 {
		if next := t.sentAt.Add(pace); next.After(t.taken.NextAt) {
			t.taken.NextAt = next
		}
	}
	for {
		err := t.releaseOnce(context.WithoutCancel(ctx))
		if err == nil {
			return
		}
		t.Logger.WarnContext(ctx, "target could not be released",
			slog.String("target", t.taken.Target), slog.Any("error", err))
		if ctx.Err() != nil || monitor.CodeOf(err) != monitor.CodeUnavailable {
			return
		}
		// ctx is looked at above.
		_ = pause.For(ctx, t.config.Backoff)
	}
}

func (t *turn) releaseOnce(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, t.config.CallTimeout)
	defer cancel()
	return t.Store.ReleaseTarget(ctx, t.executor, t.taken.TargetState)
}

// bring brings one notice up to date, and notes how that went.
func (t *turn) bring(ctx context.Context, n *monitor.Notice) {
	start := time.Now()
	s := step{turn: t, notice: n}
	err := contained(ctx, s.reconcile)
	// What broke off here says nothing about the target. What is not known then is
	// looked up (R83).
	if t.storeAway = isOfStore(err); ctx.Err() != nil || t.storeAway {
		return
	}
	result := t.judge(&s, err)
	t.metrics.observe(t.taken.Target, result, time.Since(start))
	t.report(ctx, &s, result, err)
	if err := s.save(ctx); err != nil && ctx.Err() == nil {
		t.Logger.WarnContext(ctx, "notification could not be saved: it is brought up to date again",
			slog.Int64("alert_id", n.AlertID), slog.String("target", t.taken.Target), slog.Any("error", err))
	}
}

// pace is the shortest time between two messages.
func (t *turn) pace() time.Duration {
	if t.target == nil {
		return 0
	}
	if paced, ok := t.target.Target.(notify.Paced); ok {
		return paced.Pace()
	}
	return 0
}

// call calls the target, at its pace and within the time that a call may take.
func (t *turn) call(ctx context.Context, do func(context.Context) error) error {
	if wait := t.pace() - t.Store.Now().Sub(t.sentAt); !t.sentAt.IsZero() && wait > 0 {
		if err := pause.For(ctx, wait); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, t.config.CallTimeout)
	defer cancel()
	err := contained(ctx, do)
	t.sentAt = t.Store.Now()
	return err
}

// contained makes an error of a panic: it must cost no other notification.
func contained(ctx context.Context, do func(context.Context) error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = notify.Errorf(notify.Rejected, "internal error: panic: %v", reason)
		}
	}()
	return do(ctx)
}

// isOfStore tells whether an error is about the store and not about a target.
func isOfStore(err error) bool {
	switch monitor.CodeOf(err) {
	case monitor.CodeUnavailable, monitor.CodeFenced, monitor.CodeSchema:
		return true
	default:
		return false
	}
}

func newNonce() (string, error) {
	id, err := uuid.NewV7()
	return id.String(), err
}
