package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// sample is how long something has been waiting at a moment: to be queued, to be
// taken, or to come to its end.
type sample struct {
	at     time.Time
	waited time.Duration
	// what it is that waits: a due monitor, or a queued or running execution.
	what string
	// away is set if the database did not answer.
	away bool
}

// watch looks at the application database all the time.
type watch struct {
	db    *sql.DB
	query string
	end   context.CancelFunc
	ended chan struct{}

	mu      sync.Mutex
	samples []sample
}

// waitingSQL gives what has been waiting for longest, and since when, in
// microseconds.
const waitingSQL = `select what, %s from (
	select 'due' as what, min(next_due_at) as since from monitors where next_due_at is not null
	union all select 'queued', min(queued_at) from executions where status = 'queued'
	union all select 'running', min(started_at) from executions where status = 'running') waiting
	where since is not null order by since limit 1`

// startWatch watches until stop.
func startWatch(ctx context.Context, i *installation) *watch {
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	w := &watch{db: i.db, query: fmt.Sprintf(waitingSQL, i.micros("since")), end: end, ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for pause.For(ctx, 100*time.Millisecond) == nil {
			w.look(ctx)
		}
	}()
	return w
}

func (w *watch) stop() {
	w.end()
	<-w.ended
}

func (w *watch) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var s sample
	var since int64
	err := w.db.QueryRowContext(ctx, w.query).Scan(&s.what, &since)
	s.at = time.Now()
	if s.away = err != nil && !errors.Is(err, sql.ErrNoRows); err == nil {
		s.waited = max(0, s.at.Sub(time.UnixMicro(since)))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.samples = append(w.samples, s)
}

// since gives the samples from a time on.
func (w *watch) since(from time.Time) (found []sample) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := len(w.samples) - 1; i >= 0 && !w.samples[i].at.Before(from); i-- {
		found = append(found, w.samples[i])
	}
	return found
}

// calmness is for how long nothing may wait too long before that counts as normal.
const calmness = 500 * time.Millisecond

// calm waits until nothing waits for longer than patience. It tells how long that
// took from a time on, 0 if it never was otherwise, and what waited for longest.
func (w *watch) calm(ctx context.Context, from time.Time, patience time.Duration) (recovered time.Duration, longest sample, err error) {
	for {
		var last time.Time
		longest = sample{}
		for _, s := range w.since(from) {
			if s.waited > longest.waited {
				longest = s
			}
			if (s.away || s.waited > patience) && s.at.After(last) {
				last = s.at
			}
		}
		if !last.IsZero() {
			recovered = last.Sub(from)
		}
		// What is stuck since the fault is seen to be so only after that time.
		if time.Since(from) > patience+calmness && time.Since(last) > calmness {
			return recovered, longest, nil
		}
		if time.Since(from) > recoveryLimit {
			return recovered, longest, fmt.Errorf("something %s has been waiting for %s, %s after the fault", longest.what, round(longest.waited), recoveryLimit)
		}
		if err := pause.For(ctx, 50*time.Millisecond); err != nil {
			return recovered, longest, err
		}
	}
}

// away are the spans in which the database did not answer.
func (w *watch) away() (spans []span) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, s := range w.samples {
		if s.away && i > 0 {
			spans = append(spans, span{w.samples[i-1].at, s.at})
		}
	}
	return spans
}

// span is a stretch of time.
type span struct{ from, to time.Time }

// overlap is how much of a span lies in others, which are taken together.
func (s span) overlap(others []span) (sum time.Duration) {
	for _, o := range others {
		o = o.within(s)
		sum += max(0, o.to.Sub(o.from))
	}
	return sum
}

// within is what of a span lies in another; it ends before it begins if nothing does.
func (s span) within(o span) span {
	if s.from.Before(o.from) {
		s.from = o.from
	}
	if s.to.After(o.to) {
		s.to = o.to
	}
	return s
}

// awaitLimit is how long anything may take that has to happen.
const awaitLimit = time.Minute

// await waits until ready says that nothing is missing. Errors count as missing:
// servers come and go.
func await(ctx context.Context, what string, missing func(context.Context) (string, error)) error {
	ctx, cancel := context.WithTimeoutCause(ctx, awaitLimit, fmt.Errorf("%s: not within %s", what, awaitLimit))
	defer cancel()
	for {
		left, err := missing(ctx)
		if left == "" && err == nil {
			return nil
		}
		if waitErr := pause.For(ctx, 100*time.Millisecond); waitErr != nil {
			return errors.Join(fmt.Errorf("%w: %s", waitErr, left), err)
		}
	}
}
