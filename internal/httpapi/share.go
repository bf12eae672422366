package httpapi

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// shares has requests that ask for the same at the same time share one read. Each
// gets what was stored when it asked, or later: a read that is under way already
// is not joined, but the one that follows it. So nobody misses what they
// themselves just changed, as they might with a cache, and any number of open
// dashboards costs no more than one or two.
type shares struct {
	mu sync.Mutex
	// running has the read that is under way, by what is asked for.
	running map[string]*reading
	group   sync.WaitGroup
}

// reading is one read and its result.
type reading struct {
	read func() (*ready, error)
	// done is closed when answer and err are there.
	done   chan struct{}
	answer *ready
	err    error
	// next follows it; nil if nobody has asked meanwhile.
	next *reading
}

func newShares() *shares { return &shares{running: map[string]*reading{}} }

// get gives what read gives, which is called with the context of one of those
// who ask, bounded in time but not ended by that one's going away.
func (s *shares) get(ctx context.Context, key string, read func(context.Context) (*ready, error)) (*ready, error) {
	r := s.join(key, func() (answer *ready, err error) {
		ctx, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), requestTimeout, tooLong(requestTimeout))
		defer cancel()
		// Nobody else would catch it: this is no request's goroutine.
		defer func() {
			if cause := recover(); cause != nil {
				err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			}
		}()
		return read(ctx)
	})
	select {
	case <-r.done:
		return r.answer, r.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// join gives a reading that has not begun yet.
func (s *shares) join(key string, read func() (*ready, error)) *reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	current := s.running[key]
	if current == nil {
		first := &reading{read: read, done: make(chan struct{})}
		s.running[key] = first
		s.group.Go(func() { s.perform(key, first) })
		return first
	}
	if current.next == nil {
		current.next = &reading{read: read, done: make(chan struct{})}
	}
	return current.next
}

// perform reads for as long as there is somebody waiting.
func (s *shares) perform(key string, r *reading) {
	for r != nil {
		r.answer, r.err = r.read()
		close(r.done)
		r = s.advance(key, r)
	}
}

func (s *shares) advance(key string, r *reading) *reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.next == nil {
		delete(s.running, key)
		return nil
	}
	s.running[key] = r.next
	return r.next
}

// wait waits for the reads under way, so that the store can be closed.
func (s *shares) wait() { s.group.Wait() }
