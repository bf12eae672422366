package memory

import (
	"context"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/queue"
)

// lane holds the messages of one kind of work.
type lane struct {
	name    queue.Lane
	config  Config
	metrics queue.Metrics

	mu     sync.Mutex
	closed bool
	// changed is closed, and replaced, whenever a receiver may find more.
	changed chan struct{}
	// ready waits to be received, oldest first; known has the same messages.
	ready []waiting
	known map[queue.Message]bool
	// hidden was received and is not acknowledged, by receipt.
	hidden      map[uint64]hidden
	lastReceipt uint64
}

// waiting is a message with what is known of it.
type waiting struct {
	message queue.Message
	sent    time.Time
	// again is set if it was received before.
	again bool
}

// hidden is a message that comes again at its time.
type hidden struct {
	waiting
	until time.Time
}

func newLane(name queue.Lane, config Config, metrics queue.Metrics) *lane {
	return &lane{
		name:    name,
		config:  config,
		metrics: metrics,
		changed: make(chan struct{}),
		known:   map[queue.Message]bool{},
		hidden:  map[uint64]hidden{},
	}
}

func (l *lane) send(message queue.Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return errClosed
	case l.known[message] || len(l.ready) >= l.config.Capacity:
		return nil
	}
	l.ready = append(l.ready, waiting{message: message, sent: time.Now()})
	l.known[message] = true
	l.wake()
	return nil
}

// receive looks, and waits for a change or for a hidden message's time to look
// again, until it has something or may wait no longer.
func (l *lane) receive(ctx context.Context, limit int, wait time.Duration) ([]queue.Delivery, error) {
	end := time.Now().Add(wait)
	for ctx.Err() == nil {
		found, changed, next, err := l.look(limit)
		left := time.Until(end)
		if len(found) > 0 || err != nil || left <= 0 {
			return found, err
		}
		if !next.IsZero() {
			left = min(left, time.Until(next))
		}
		waitFor(ctx, changed, left)
	}
	return nil, context.Cause(ctx)
}

// look takes up to limit messages. It also returns what is closed at the next
// change, and the time at which the first hidden message comes again.
func (l *lane) look(limit int) ([]queue.Delivery, <-chan struct{}, time.Time, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, nil, time.Time{}, errClosed
	}
	now := time.Now()
	next := l.bringBack(now)
	count := min(limit, len(l.ready))
	found := make([]queue.Delivery, count)
	for i, m := range l.ready[:count] {
		delete(l.known, m.message)
		if m.again {
			l.metrics.Redeliveries.WithLabelValues(string(l.name)).Inc()
		}
		found[i] = l.hide(m, now)
	}
	l.ready = l.ready[count:]
	return found, l.changed, next, nil
}

// bringBack readies the hidden messages whose time has come, and returns the
// time of the next.
func (l *lane) bringBack(now time.Time) time.Time {
	var next time.Time
	var again []waiting
	for receipt, h := range l.hidden {
		switch {
		case !h.until.After(now):
			delete(l.hidden, receipt)
			if !l.known[h.message] {
				l.known[h.message] = true
				h.again = true
				again = append(again, h.waiting)
			}
		case next.IsZero() || h.until.Before(next):
			next = h.until
		}
	}
	l.ready = append(again, l.ready...)
	return next
}

func (l *lane) hide(m waiting, now time.Time) queue.Delivery {
	l.lastReceipt++
	receipt := l.lastReceipt
	l.hidden[receipt] = hidden{waiting: m, until: now.Add(l.config.Visibility)}
	return queue.Delivery{
		Message: m.message,
		Ack:     func(context.Context) error { l.ack(receipt); return nil },
		Extend:  func(_ context.Context, by time.Duration) error { l.extend(receipt, by); return nil },
	}
}

func (l *lane) ack(receipt uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.hidden, receipt)
}

// extend does nothing for a message that came again meanwhile: it is somebody
// else's now.
func (l *lane) extend(receipt uint64, by time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if h, ok := l.hidden[receipt]; ok {
		h.until = time.Now().Add(by)
		l.hidden[receipt] = h
	}
}

func (l *lane) isClosed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}

func (l *lane) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.wake()
}

func (l *lane) wake() {
	close(l.changed)
	l.changed = make(chan struct{})
}

// waitFor returns at a change, when the time has passed, or when ctx ends.
func waitFor(ctx context.Context, changed <-chan struct{}, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-changed:
	case <-timer.C:
	}
}
