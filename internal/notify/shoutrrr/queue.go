package shoutrrr

import (
	"context"
	"errors"
	"fmt"

	"github.com/vedettehq/vedette/internal/notify"
)

// queue sends one message after the other. The library knows no contexts, and tries
// some services for minutes by itself: whoever waits may go, but nothing else is sent
// before that has ended, and a message that is asked for again meanwhile is not sent
// twice.
type queue struct {
	// turn holds a value while nothing is being sent.
	turn chan struct{}
	// last is what was sent last, if that worked out. Who has the turn may use it.
	last string
	send func(ctx context.Context, text string) error
}

func newQueue(send func(ctx context.Context, text string) error) *queue {
	q := &queue{turn: make(chan struct{}, 1), send: send}
	q.turn <- struct{}{}
	return q
}

// errSlow is why nothing was sent: it is not this message's turn yet.
var errSlow = errors.New("the service still has not answered to an earlier message")

// put sends a text. id tells whether it is one that was asked for before.
func (q *queue) put(ctx context.Context, id, text string) error {
	select {
	case <-ctx.Done():
		return notify.Errorf(notify.Temporary, "%w", errors.Join(errSlow, context.Cause(ctx)))
	case <-q.turn:
	}
	if ctx.Err() != nil || q.last == id {
		q.turn <- struct{}{}
		return context.Cause(ctx)
	}
	done := make(chan error, 1)
	go func() {
		defer func() { q.turn <- struct{}{} }()
		err := contained(func() error { return q.send(ctx, text) })
		if err == nil {
			q.last = id
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return notify.Errorf(notify.Temporary, "no answer: %w", context.Cause(ctx))
	}
}

// contained makes an error of a panic, of which the library has some.
func contained(do func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("no usable answer: the library gives up: %v", reason)
		}
	}()
	return do()
}
