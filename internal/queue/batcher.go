package queue

import (
	"context"
	"errors"
	"sync"
	"time"
)

// batchTimeout bounds one call of a batch, which belongs to no caller's context.
const batchTimeout = 10 * time.Second

// Batcher does together what many goroutines ask for at the same time: while one
// call is under way those who come wait, and the next call serves all of them.
// So nobody waits for company, and a busy queue makes few calls.
type Batcher[T any] struct {
	limit int
	do    func(ctx context.Context, items []T) []error

	mu      sync.Mutex
	waiting []*request[T]
	running bool
	calls   sync.WaitGroup
}

// request is an item and where its caller waits.
type request[T any] struct {
	item T
	done chan error
}

// NewBatcher makes a batcher of calls to do with up to limit items. It is to
// return an error, or nil, for each of them.
func NewBatcher[T any](limit int, do func(ctx context.Context, items []T) []error) *Batcher[T] {
	return &Batcher[T]{limit: limit, do: do}
}

// Do returns once the item was part of a call, or ctx ends; the item may be done
// all the same then.
func (b *Batcher[T]) Do(ctx context.Context, item T) error {
	r := &request[T]{item: item, done: make(chan error, 1)}
	b.mu.Lock()
	b.waiting = append(b.waiting, r)
	if !b.running {
		b.running = true
		// The call serves others too, so it outlives the one who happened to come first.
		b.calls.Go(func() { b.serve(context.WithoutCancel(ctx)) })
	}
	b.mu.Unlock()
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Wait returns when no call is under way. Nobody may ask for more meanwhile.
func (b *Batcher[T]) Wait() { b.calls.Wait() }

// serve makes calls until nobody waits.
func (b *Batcher[T]) serve(ctx context.Context) {
	for {
		batch := b.next()
		if len(batch) == 0 {
			return
		}
		items := make([]T, len(batch))
		for i, r := range batch {
			items[i] = r.item
		}
		for i, err := range b.call(ctx, items) {
			batch[i].done <- err
		}
	}
}

func (b *Batcher[T]) call(ctx context.Context, items []T) []error {
	ctx, cancel := context.WithTimeoutCause(ctx, batchTimeout, errors.New("the queue did not answer within "+batchTimeout.String()))
	defer cancel()
	return b.do(ctx, items)
}

// next takes the batch that is served next; if there is none, serve ends.
func (b *Batcher[T]) next() []*request[T] {
	b.mu.Lock()
	defer b.mu.Unlock()
	count := min(len(b.waiting), b.limit)
	batch := b.waiting[:count:count]
	b.waiting = b.waiting[count:]
	b.running = count > 0
	return batch
}
