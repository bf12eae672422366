package notifier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/store"
)

// step brings one notice up to date.
type step struct {
	*turn
	notice *monitor.Notice
	// due is when it has to be looked at again; zero: when it is marked.
	due time.Time
	// event is what has happened and is saved with the notice.
	event monitor.Event

	view      store.NoticeView
	declared  *monitor.Notification
	silenced  bool
	rendering notify.Rendering
	// edited tells whether what is shown has changed.
	edited bool
}

// errNotConfigured is why nothing can be done about a target that a newer or older
// process knows.
var errNotConfigured = errors.New("this target is not configured here")

// reconcile does what it takes for the target to show the alert as it is.
func (s *step) reconcile(ctx context.Context) error {
	if err := s.look(ctx); err != nil {
		return err
	}
	if s.target == nil {
		return s.abandon()
	}
	if err := s.render(); err != nil {
		return err
	}
	if err := s.recover(ctx); err != nil {
		return err
	}
	if err := s.act(ctx); err != nil {
		return err
	}
	s.refresh()
	return s.mention(ctx)
}

func (s *step) act(ctx context.Context) error {
	switch decide(s.notice, &s.view, s.declared, s.silenced) {
	case show:
		return s.create(ctx)
	case keep:
		return s.edit(ctx)
	case end:
		return s.end(ctx)
	default:
		return nil
	}
}

// look reads how the alert is.
func (s *step) look(ctx context.Context) error {
	var err error
	if s.view, err = s.Store.NoticeView(ctx, s.notice.AlertID, maxShown); err != nil {
		return err
	}
	if !s.view.Archived {
		s.declared = s.declaredFor(s.taken.Target, &s.view.Declaration)
	}
	if s.Silencer != nil && s.view.Alert.Status == monitor.AlertActive {
		s.silenced, err = s.Silencer.Silenced(ctx, &s.view, s.Store.Now())
	}
	return err
}

func (s *step) render() error {
	card := s.newCard(&s.view, s.declared)
	if s.declared == nil || s.view.Alert.Status != monitor.AlertActive {
		card.Closed = reasonToEnd(&s.view)
		card.CanAcknowledge, card.CanLock, card.CanSolve = false, false, false
	}
	var err error
	s.rendering, err = s.target.Render(card)
	return err
}

// fingerprint identifies what the target is to show.
func (s *step) fingerprint() string {
	text := string(s.rendering)
	if selective, ok := s.target.Target.(notify.Selective); ok {
		text = selective.Significant(s.rendering)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// abandon gives up what is shown on a target that is configured no more: nobody
// can reach it. It waits a little, since another process may still know the target.
func (s *step) abandon() error {
	const patience = time.Minute
	n := s.notice
	if n.Status == monitor.NoticeNone || n.Status == monitor.NoticeClosed {
		return nil
	}
	if n.FailingSince.IsZero() || s.Store.Now().Sub(n.FailingSince) < patience {
		return errNotConfigured
	}
	s.closed(notify.ClosedRemoved)
	return nil
}

// closed notes that the notice has ended.
func (s *step) closed(why notify.Closed) {
	s.notice.Status, s.notice.ClosedAt = monitor.NoticeClosed, s.Store.Now()
	s.notice.Mentioned, s.notice.MentionNonce = false, ""
	s.happened(monitor.NotificationClosed, monitor.EndReason(why))
}

func (s *step) happened(name monitor.EventName, reason monitor.EndReason) {
	s.event = lifecycle.NoticeEvent(&s.view.Declaration, s.config.SaveEvents, name, reason)
}

// save writes the notice with what has happened.
func (s *step) save(ctx context.Context) error {
	err := s.Store.SaveNotice(ctx, s.executor, *s.notice, s.due, s.event, s.Store.Now())
	if err == nil {
		s.event = monitor.Event{}
	}
	return err
}
