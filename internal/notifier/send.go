package notifier

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// recover finds out what became of a message whose sender did not live to say so
// (R83).
func (s *step) recover(ctx context.Context) error {
	if s.notice.Status != monitor.NoticeSending {
		return nil
	}
	if idempotent, ok := s.target.Target.(notify.Idempotent); ok {
		// Sending it again is harmless, and so is closing it.
		s.notice.Ref = string(idempotent.RefOf(s.notice.Nonce))
		return nil
	}
	finder, ok := s.target.Target.(notify.Finder)
	if !ok {
		return nil
	}
	var ref notify.Ref
	var found bool
	err := s.call(ctx, func(ctx context.Context) (err error) {
		ref, found, err = finder.Find(ctx, s.notice.Nonce, "")
		return err
	})
	switch {
	case err != nil:
		return err
	case !found:
		s.notice.Status, s.notice.Nonce = monitor.NoticeNone, ""
		return nil
	}
	return s.shown(ctx, ref, "")
}

// shown notes that a message is there, at once: whatever fails after this must not
// send it again.
func (s *step) shown(ctx context.Context, ref notify.Ref, print string) error {
	n := s.notice
	n.Status, n.Ref, n.Shown = monitor.NoticeShown, string(ref), print
	s.edited = true
	s.happened(monitor.NotificationCreated, "")
	s.due = s.Store.Now()
	return s.save(ctx)
}

// create shows the alert for the first time. That it is about to be is committed
// before (R83).
func (s *step) create(ctx context.Context) error {
	n := s.notice
	first := n.Status != monitor.NoticeSending
	if first {
		if wait, ok := s.hold(); ok {
			s.heldBack++
			s.due = wait
			return nil
		}
		nonce, err := newNonce()
		if err != nil {
			return err
		}
		n.Status, n.Nonce, n.Ref, n.Shown, n.ClosedAt = monitor.NoticeSending, nonce, "", "", time.Time{}
		s.due = s.Store.Now()
		if err := s.save(ctx); err != nil {
			return err
		}
	}
	var ref notify.Ref
	err := s.call(ctx, func(ctx context.Context) (err error) {
		ref, err = s.target.Create(ctx, n.Nonce, s.rendering)
		return err
	})
	if err != nil {
		// That a repeat is not taken says nothing of the attempt before, which may have
		// arrived: its nonce stays.
		if first && wasRefused(err) {
			n.Status, n.Nonce = monitor.NoticeNone, ""
		}
		return err
	}
	s.taken.Sent++
	return s.shown(ctx, ref, s.fingerprint())
}

// wasRefused tells whether the service said that it did not take the message.
func wasRefused(err error) bool {
	switch notify.KindOf(err) {
	case notify.Throttled, notify.Refused, notify.Rejected:
		return true
	default:
		return false
	}
}

// edit has the target show the alert as it is now. A message that somebody took
// away is sent anew, unless somebody knows of the alert.
func (s *step) edit(ctx context.Context) error {
	n := s.notice
	print := s.fingerprint()
	if _, forgets := s.target.Target.(notify.Refresher); print == n.Shown && !forgets {
		return nil
	}
	var ref notify.Ref
	err := s.call(ctx, func(ctx context.Context) (err error) {
		ref, err = s.target.Edit(ctx, notify.Ref(n.Ref), s.rendering)
		return err
	})
	switch {
	case notify.KindOf(err) == notify.Gone:
		n.Status, n.Nonce, n.Ref = monitor.NoticeNone, "", ""
		return s.act(ctx)
	case err != nil:
		return err
	}
	s.edited = print != n.Shown
	n.Ref, n.Shown = string(ref), print
	return nil
}

// refresh has what is shown told again in time, where it would be forgotten.
func (s *step) refresh() {
	if refresher, ok := s.target.Target.(notify.Refresher); ok && s.notice.Status == monitor.NoticeShown {
		s.due = s.Store.Now().Add(refresher.RefreshEvery())
	}
}

// end has the target show that it is over.
func (s *step) end(ctx context.Context) error {
	n := s.notice
	_, knowsRef := s.target.Target.(notify.Idempotent)
	if n.Status == monitor.NoticeShown || knowsRef {
		err := s.call(ctx, func(ctx context.Context) error {
			return s.target.Close(ctx, notify.Ref(n.Ref), s.rendering)
		})
		if err != nil {
			return err
		}
	}
	// Whether a message was sent that can neither be found nor repeated, nobody
	// knows: it stays as it is.
	s.due = time.Time{}
	s.closed(reasonToEnd(&s.view))
	return nil
}
