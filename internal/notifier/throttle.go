package notifier

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/notify"
)

// hold tells whether the target has had enough new messages for now, and until
// when. What is held back is not lost: it is shown then, unless it is over by then.
func (t *turn) hold() (until time.Time, held bool) {
	throttle := t.target.throttle
	if throttle.Max <= 0 {
		return time.Time{}, false
	}
	now := t.Store.Now()
	if t.taken.WindowAt.IsZero() || now.Sub(t.taken.WindowAt) >= throttle.Per {
		t.taken.WindowAt, t.taken.Sent = now, 0
	}
	if t.taken.Sent < throttle.Max {
		return time.Time{}, false
	}
	return t.taken.WindowAt.Add(throttle.Per), true
}

// tellHeldBack says once for each window that there is more.
func (t *turn) tellHeldBack(ctx context.Context) {
	if t.heldBack == 0 || t.taken.ToldAt.Equal(t.taken.WindowAt) || ctx.Err() != nil {
		return
	}
	speaker, ok := t.target.Target.(notify.Speaker)
	if !ok {
		return
	}
	nonce, err := newNonce()
	if err == nil {
		err = t.call(ctx, func(ctx context.Context) error {
			_, err := speaker.Say(ctx, nonce, t.digest())
			return err
		})
	}
	if err != nil {
		t.Logger.WarnContext(ctx, "it could not be said that alerts are held back",
			slog.String("target", t.taken.Target), slog.Any("error", err))
		return
	}
	t.taken.ToldAt = t.taken.WindowAt
}

// digest says how many alerts are held back, and where they can be seen.
func (t *turn) digest() string {
	more := t.heldBack + max(0, t.taken.Due-len(t.taken.Notices))
	text := fmt.Sprintf("%d more alerts are held back: more than %d new ones within %s. They follow if they are still active.",
		more, t.target.throttle.Max, t.target.throttle.Per)
	if page := t.link(""); page != "" {
		text += " All of them: " + page
	}
	return text
}
