package notifier

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// mention calls people to an alert that has come to need them, once for each time
// that it does, or at each change if the monitor wants that (R84). If somebody took
// the message away meanwhile, it is sent anew, and they are called there.
func (s *step) mention(ctx context.Context) error {
	err := s.callPeople(ctx)
	if notify.KindOf(err) != notify.Gone {
		return err
	}
	n := s.notice
	n.Status, n.Nonce, n.Ref = monitor.NoticeNone, "", ""
	n.Mentioned, n.MentionNonce = false, ""
	s.due = s.Store.Now().Add(resendAfter)
	return nil
}

// resendAfter is how soon a message is sent anew that was found to be gone: one that
// is taken away each time is not sent in a loop.
const resendAfter = time.Second

func (s *step) callPeople(ctx context.Context) error {
	n := s.notice
	mentioner, ok := s.target.Target.(notify.Mentioner)
	if !ok || n.Status != monitor.NoticeShown {
		return nil
	}
	// Also during a silence: whoever knew of the alert in the meantime is called after
	// it if the alert has come to need people again.
	if !isCalling(&s.view, s.declared) {
		n.Mentioned, n.MentionNonce = false, ""
		return nil
	}
	if s.silenced {
		return nil
	}
	again := s.declared.MentionOnUpdate && s.edited
	if n.Mentioned && n.MentionNonce == "" && !again {
		return nil
	}
	if found, err := s.recoverMention(ctx); err != nil || found {
		return err
	}
	if err := s.announceMention(ctx); err != nil {
		return err
	}
	err := s.call(ctx, func(ctx context.Context) error {
		_, err := mentioner.Mention(ctx, notify.Ref(n.Ref), n.MentionNonce, s.rendering)
		return err
	})
	switch {
	case err == nil:
		n.Mentioned, n.MentionNonce = true, ""
	case wasRefused(err):
		// Whatever it was for, also a mere update, is still to be called for.
		n.Mentioned, n.MentionNonce = false, ""
	}
	return err
}

// announceMention commits that people are about to be called (R83).
func (s *step) announceMention(ctx context.Context) error {
	if s.notice.MentionNonce != "" {
		return nil
	}
	nonce, err := newNonce()
	if err != nil {
		return err
	}
	s.notice.MentionNonce = nonce
	due := s.due
	s.due = s.Store.Now()
	err = s.save(ctx)
	s.due = due
	return err
}

// recoverMention finds out what became of a call whose sender did not live to say
// so (R83).
func (s *step) recoverMention(ctx context.Context) (found bool, err error) {
	n := s.notice
	finder, ok := s.target.Target.(notify.Finder)
	if n.MentionNonce == "" || !ok {
		return false, nil
	}
	err = s.call(ctx, func(ctx context.Context) (err error) {
		_, found, err = finder.Find(ctx, n.MentionNonce, notify.Ref(n.Ref))
		return err
	})
	if err != nil || !found {
		return false, err
	}
	n.Mentioned, n.MentionNonce = true, ""
	return true, nil
}
