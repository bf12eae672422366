package notify

import (
	"context"
	"time"
)

// Target shows alerts at one destination. It is safe for concurrent use, and is
// closed when nobody uses it any more.
//
// Its errors are *[Error] where they mean more than that it may be tried again.
type Target interface {
	// Key names it: plugin and destination, such as slack:C001 (R82). It holds no
	// secret, and stays the same as long as messages are to be found again.
	Key() string
	// Render brings a card into the form in which it is shown. It is pure: whether
	// there is something to edit is seen from two renderings being unequal, so it
	// holds nothing that does not matter to the people who look. What is too long
	// for the service is shortened visibly.
	Render(card *Card) (Rendering, error)
	// Create shows a rendering for the first time. The nonce, a UUID, goes along in
	// the message, so that it can be found or is recognised as a repeat (R83).
	Create(ctx context.Context, nonce string, r Rendering) (Ref, error)
	// Edit shows another rendering in place of what is at ref, and returns where it
	// is from now on. It is an error of kind [Gone] if nothing is there any more.
	Edit(ctx context.Context, ref Ref, r Rendering) (Ref, error)
	// Close shows the last rendering: that of a card with [Card.Closed]. What is no
	// longer there is closed.
	Close(ctx context.Context, ref Ref, r Rendering) error
	// Release ends its connections.
	Release() error
}

// Rendering is a card in the form of a target: text that only the target can
// read. It holds no secret.
type Rendering string

// Ref is where a target shows something: text that only the target can read, of
// at most 4 KiB. It holds no secret.
type Ref string

// Finder is a target that can look for a message by its nonce: whether an attempt
// that nobody knows the end of has reached the service (R83).
type Finder interface {
	// Find looks for a message; parent is empty unless it is a reply to that one.
	Find(ctx context.Context, nonce string, parent Ref) (ref Ref, found bool, err error)
}

// Idempotent is a target that recognises the nonce of a repeated Create: the
// message is shown once, however often it is sent. Where it is shown is known from
// the nonce alone.
type Idempotent interface {
	// RefOf is where a Create with a nonce has shown something whose end nobody knows.
	// The one that Create returns may say more. Closing what was never created is
	// harmless.
	RefOf(nonce string) Ref
}

// Selective is a target in which another message costs people's attention: not
// each change of what a rendering says is worth one.
type Selective interface {
	// Significant is what of a rendering is worth another message if it changes: two
	// renderings for which it is equal are not told apart.
	Significant(r Rendering) string
}

// Mentioner is a target that can call for people's attention beside a message
// that is there already, as an edit does not (R84).
type Mentioner interface {
	// Mention calls for attention. The nonce goes along as in Create.
	Mention(ctx context.Context, ref Ref, nonce string, r Rendering) (Ref, error)
}

// Speaker is a target that can say something that is about no single alert: a
// test, or how many alerts are held back.
type Speaker interface {
	// Say sends a few lines of plain text.
	Say(ctx context.Context, nonce, text string) (Ref, error)
}

// Refresher is a target whose service forgets what it is not told again.
type Refresher interface {
	// RefreshEvery is how often a rendering has to be shown again, unchanged.
	RefreshEvery() time.Duration
}

// Paced is a target whose service wants pauses.
type Paced interface {
	// Pace is the shortest time from one message to the next.
	Pace() time.Duration
}
