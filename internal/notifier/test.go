package notifier

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
)

// Tested is what a service answered to a test message.
type Tested struct {
	Target string
	Took   time.Duration
	// Err is nil if the message was taken.
	Err error
}

// Names lists the receivers that are configured.
func (n *Notifier) Names() []string { return slices.Sorted(maps.Keys(n.keys)) }

// Targets lists the keys of a receiver's targets.
func (n *Notifier) Targets(receiver string) []string { return n.keys[receiver] }

// Test sends a message to each target of a receiver that says that it is a test.
// It is an error with CodeNotFound if there is no such receiver.
func (n *Notifier) Test(ctx context.Context, receiver, actor string) ([]Tested, error) {
	keys, ok := n.keys[receiver]
	if !ok {
		return nil, monitor.Errorf(monitor.CodeNotFound, "receiver %q is not configured: there is %s", receiver, quotedList(n.Names()))
	}
	tested := make([]Tested, len(keys))
	for i, key := range keys {
		start := time.Now()
		err := n.test(ctx, n.targets[key], receiver, actor)
		tested[i] = Tested{Target: key, Took: time.Since(start), Err: err}
	}
	return tested, nil
}

func (n *Notifier) test(ctx context.Context, t *target, receiver, actor string) error {
	ctx, cancel := context.WithTimeout(ctx, n.config.CallTimeout)
	defer cancel()
	nonce, err := newNonce()
	if err != nil {
		return err
	}
	return contained(ctx, func(ctx context.Context) error {
		if speaker, ok := t.Target.(notify.Speaker); ok {
			_, err := speaker.Say(ctx, nonce, fmt.Sprintf("This is a test of the receiver %s, asked for by %s. Nothing is wrong.", receiver, actor))
			return err
		}
		return n.testWithCard(ctx, t, nonce, receiver, actor)
	})
}

// testWithCard shows an alert that is none, and ends it at once.
func (n *Notifier) testWithCard(ctx context.Context, t *target, nonce, receiver, actor string) error {
	card := notify.Card{
		Title: "Test of the receiver " + receiver, Monitor: "test", Summary: "Asked for by " + actor + ". Nothing is wrong.",
		Priority: monitor.Informational, CreatedAt: n.Store.Now(), Test: true,
	}
	shown, err := t.Render(&card)
	if err != nil {
		return err
	}
	ref, err := t.Create(ctx, nonce, shown)
	if err != nil {
		return err
	}
	card.Closed, card.SolvedAt = notify.ClosedSolved, n.Store.Now()
	over, err := t.Render(&card)
	if err != nil {
		return err
	}
	return t.Close(ctx, ref, over)
}

func quotedList(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	text := ""
	for i, name := range names {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%q", name)
	}
	return text
}
