package email

import (
	"context"

	"github.com/vedettehq/vedette/internal/notify"
)

// caller is a target that writes to others, too, when an alert needs people (R84).
type caller struct{ *Target }

var (
	_ notify.Mentioner = caller{}
	_ notify.Selective = caller{}
	_ notify.Speaker   = caller{}
)

// withCalls is the target as it is used: one with nobody to call calls nobody.
func (t *Target) withCalls() notify.Target {
	if len(t.route.mention) == 0 {
		return t
	}
	return caller{t}
}

// Mention writes to those who are called, below what the others have been told. The
// mails that follow do not go to them: they were told where to look.
func (c caller) Mention(ctx context.Context, ref notify.Ref, nonce string, r notify.Rendering) (notify.Ref, error) {
	l, err := readLetter(r)
	if err != nil {
		return "", err
	}
	t, err := threadAt(ref)
	if err != nil {
		return "", err
	}
	e := envelope{
		id: nonce + "@" + c.route.domain(), subject: "Re: " + t.Subject, to: c.route.mention, at: c.now(),
		answers: t.Last, thread: t.Root, urgent: true, headers: headers(&l),
	}
	message, err := c.write(e, &told{letter: l, Change: "This alert needs you: nobody has acknowledged it as it is now."})
	if err != nil {
		return "", err
	}
	return notify.Ref(nonce), c.deliver(ctx, message)
}
