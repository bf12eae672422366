package email

import (
	"context"
	"crypto/tls"
	"log/slog"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/vedettehq/vedette/internal/notify"
)

// Target writes to the same people every time.
type Target struct {
	config notify.Config
	route  *route
	tls    *tls.Config
	now    func() time.Time
}

var (
	_ notify.Target    = (*Target)(nil)
	_ notify.Selective = (*Target)(nil)
	_ notify.Speaker   = (*Target)(nil)
)

// Driver makes such targets.
func Driver() notify.Driver {
	return notify.Driver{Open: func(config notify.Config) (notify.Target, error) {
		target, err := open(config)
		if err != nil {
			return nil, err
		}
		return target.withCalls(), nil
	}}
}

func open(config notify.Config) (*Target, error) {
	r, err := parse(config.Settings)
	if err != nil {
		return nil, err
	}
	return &Target{
		config: config, route: r, now: time.Now,
		tls: &tls.Config{ServerName: r.host, MinVersion: tls.VersionTLS12},
	}, nil
}

// Key is the first recipient, with a hash of all if there are more.
func (t *Target) Key() string { return t.route.key() }

// Render writes what a mail has to say; how it begins depends on the one before.
func (t *Target) Render(card *notify.Card) (notify.Rendering, error) {
	return newLetter(card).rendering()
}

// Significant leaves out the issues: each mail costs everybody's attention.
func (t *Target) Significant(r notify.Rendering) string {
	l, err := readLetter(r)
	if err != nil {
		return string(r)
	}
	return l.significant()
}

// Create sends the first mail of a thread.
func (t *Target) Create(ctx context.Context, nonce string, r notify.Rendering) (notify.Ref, error) {
	l, err := readLetter(r)
	if err != nil {
		return "", err
	}
	first := begin(nonce, t.route.domain(), &l)
	return t.add(ctx, nil, &first, &l)
}

// Edit adds a mail to the thread that says what is other than before, and how all
// of it is now.
func (t *Target) Edit(ctx context.Context, ref notify.Ref, r notify.Rendering) (notify.Ref, error) {
	l, err := readLetter(r)
	if err != nil {
		return "", err
	}
	before, err := threadAt(ref)
	if err != nil {
		return "", err
	}
	after := before.next(r, &l)
	return t.add(ctx, &before, &after, &l)
}

// Close adds the last mail.
func (t *Target) Close(ctx context.Context, ref notify.Ref, r notify.Rendering) error {
	_, err := t.Edit(ctx, ref, r)
	if notify.KindOf(err) == notify.Gone {
		return nil
	}
	return err
}

// Say sends a mail of its own. That somebody does not get it is an error here, even
// if others do: it is how a wrong address is found out.
func (t *Target) Say(ctx context.Context, nonce, text string) (notify.Ref, error) {
	first, _, _ := strings.Cut(text, "\n")
	e := envelope{id: nonce + "@" + t.route.domain(), subject: "[vedette] " + notify.Shorten(oneLine(first), maxTitle), to: t.route.to, at: t.now()}
	refused, err := t.send(ctx, t.route.message(e, t.config.Product, clean(text)+"\n", ""))
	if err != nil {
		return "", err
	}
	if refused != nil {
		return "", notify.Errorf(notify.Refused, "the others have it, but %w", refused)
	}
	return notify.Ref(nonce), nil
}

// Release has nothing to end: each mail has its own connection.
func (*Target) Release() error { return nil }

// add sends the mail with which one state of a thread becomes the next.
func (t *Target) add(ctx context.Context, was, now *thread, l *letter) (notify.Ref, error) {
	message, err := t.tell(was, now, l)
	if err != nil {
		return "", err
	}
	ref, err := now.ref()
	if err != nil {
		return "", err
	}
	return ref, t.deliver(ctx, message)
}

// deliver sends a mail. That some of the recipients do not get it is for the log:
// the others have it.
func (t *Target) deliver(ctx context.Context, message *mail.Msg) error {
	refused, err := t.send(ctx, message)
	if err == nil && refused != nil {
		t.config.Logger.WarnContext(ctx, "some of the recipients do not get the mail",
			slog.String("target", t.Key()), slog.Any("error", refused))
	}
	return err
}
