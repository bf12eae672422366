package notifier

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// result is how an attempt ended.
type result string

const (
	succeeded result = "succeeded"
	failed    result = "failed" // and to be tried again
	dead      result = "dead"
)

// judge notes how an attempt ended, on the notice and on the target, and when the
// next one is.
func (t *turn) judge(s *step, err error) result {
	n, now := s.notice, t.Store.Now()
	if err == nil {
		n.Attempts, n.FailingSince, n.Error, n.Dead = 0, time.Time{}, "", false
		t.taken.Failures, t.taken.Error = 0, ""
		if !s.due.After(now) {
			s.due = time.Time{}
		}
		return succeeded
	}
	n.Attempts++
	n.Error = err.Error()
	if n.FailingSince.IsZero() {
		n.FailingSince = now
	}
	if notify.KindOf(err) != notify.Rejected && t.target != nil {
		t.taken.Failures++
		t.taken.Error = err.Error()
		t.taken.NextAt = now.Add(t.backoff(err, t.taken.Failures))
	}
	if now.Sub(n.FailingSince) >= t.config.GiveUpAfter {
		n.Dead, s.due = true, time.Time{}
		return dead
	}
	s.due = now.Add(t.backoff(err, n.Attempts))
	return failed
}

// longestAsked bounds the pause that a service asks for: one that asks for days, or
// whose proxy does, must not keep people from hearing of alerts for so long.
const longestAsked = time.Hour

// backoff is how long to leave alone what failed so often in a row. Half of it is
// random, lest all that failed at once come back at once.
func (t *turn) backoff(err error, failures int) time.Duration {
	if asked := min(notify.RetryAfter(err), longestAsked); asked > 0 {
		return asked
	}
	pause := t.config.MaxBackoff
	if shifted := t.config.Backoff << min(failures-1, 30); shifted > 0 {
		pause = min(pause, shifted)
	}
	return pause/2 + rand.N(pause/2+1)
}

func (t *turn) report(ctx context.Context, s *step, r result, err error) {
	attributes := []slog.Attr{
		slog.String("target", t.taken.Target),
		slog.Int64("alert_id", s.notice.AlertID),
		slog.String("monitor", s.view.Monitor),
	}
	switch r {
	case succeeded:
		if s.event.Name == monitor.NotificationClosed {
			t.Logger.LogAttrs(ctx, slog.LevelInfo, "notification closed", attributes...)
		}
	case failed:
		t.Logger.LogAttrs(ctx, slog.LevelWarn, "people could not be told and this will be tried again", append(attributes,
			slog.String("error", err.Error()), slog.Int("attempt", s.notice.Attempts), slog.Time("retry_at", s.due))...)
	case dead:
		t.Logger.LogAttrs(ctx, slog.LevelError, "people could not be told for too long and it is not tried again by itself", append(attributes,
			slog.String("error", err.Error()))...)
	}
}
