package sqlite

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// turns lets writers have the one writing connection, first come first served.
type turns struct {
	mu      sync.Mutex
	taken   bool
	waiting []*waiter
}

// waiter is a writer that waits for its turn.
type waiter struct {
	turn sqlstore.Turn
	// granted gets the group to join, or nil if there is none: then the writer is
	// the first of one.
	granted chan *group
}

// wait waits for the turn to write, and gives the group to join, if any.
func (t *turns) wait(ctx context.Context, turn sqlstore.Turn) (*group, error) {
	if err := ended(ctx); err != nil {
		return nil, err
	}
	t.mu.Lock()
	if !t.taken {
		t.taken = true
		t.mu.Unlock()
		return nil, nil
	}
	w := &waiter{turn: turn, granted: make(chan *group, 1)}
	t.waiting = append(t.waiting, w)
	t.mu.Unlock()

	var patience <-chan time.Time
	if turn.Patience > 0 {
		timer := time.NewTimer(turn.Patience)
		defer timer.Stop()
		patience = timer.C
	}
	select {
	case joined := <-w.granted:
		return joined, nil
	case <-ctx.Done():
	case <-patience:
	}
	if !t.forget(w) {
		// It came at the last moment, and somebody may depend on it being used.
		return <-w.granted, nil
	}
	if err := ended(ctx); err != nil {
		return nil, err
	}
	return nil, monitor.Errorf(monitor.CodeUnavailable, "the database was busy writing for %s: try again", turn.Patience)
}

// forget removes a writer that no longer waits, unless it has been granted its turn.
func (t *turns) forget(w *waiter) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.Index(t.waiting, w)
	if i < 0 {
		return false
	}
	t.waiting = slices.Delete(t.waiting, i, i+1)
	return true
}

// pass gives the turn to the next writer if that may join the group, which then
// sees to it that the group is committed.
func (t *turns) pass(joined *group) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 || t.waiting[0].turn.Alone || joined.full() {
		return false
	}
	t.grant(joined)
	return true
}

// release gives the turn up. There is no group to join.
func (t *turns) release() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 {
		t.taken = false
		return
	}
	t.grant(nil)
}

func (t *turns) grant(joined *group) {
	next := t.waiting[0]
	t.waiting = slices.Delete(t.waiting, 0, 1)
	next.granted <- joined
}
