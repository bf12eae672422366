package executor

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/pause"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/telemetry"
)

// job is work that was taken, and fills a slot until it returns.
type job func(ctx context.Context)

// receiver is what a lane needs of a queue.
type receiver interface {
	Receive(ctx context.Context, lane queue.Lane, limit int, wait time.Duration) ([]queue.Delivery, error)
}

// lane does one kind of work in slots of its own (R73). A message only says that
// there is work: what is done is what take finds.
type lane struct {
	name  queue.Lane
	queue receiver
	// every is how often work is looked for without a message.
	every time.Duration
	slots slots
	jobs  *sync.WaitGroup
	// take takes what the hint names, or else whatever there is; nil if nothing.
	take func(ctx context.Context, hint int64) (job, error)
	// drain is set if one message may stand for much work.
	drain bool

	receiving, taking *telemetry.Trouble
}

func (t *tenure) newLane(name queue.Lane, slots slots, jobs *sync.WaitGroup) *lane {
	logger := t.Logger.With(slog.String("lane", string(name)))
	return &lane{
		name:      name,
		queue:     t.Queue,
		every:     t.config.Look,
		slots:     slots,
		jobs:      jobs,
		receiving: telemetry.NewTrouble(logger, "receiving messages"),
		taking:    telemetry.NewTrouble(logger, "taking work"),
	}
}

// serve fills slots until receiving ends. It receives only while slots are free,
// so that messages it could not serve are left to other processes. Jobs run in
// working. retire is called if it is unknown what was taken.
func (l *lane) serve(receiving, working context.Context, retire func()) {
	nextLook := time.Now()
	for {
		free := l.slots.occupy(receiving)
		if free == 0 {
			return
		}
		if !time.Now().Before(nextLook) {
			nextLook = time.Now().Add(l.every)
			free--
			l.jobs.Go(func() { l.look(receiving, working, retire) })
		}
		messages := l.receive(receiving, free, nextLook)
		l.slots.release(free - len(messages))
		for _, message := range messages {
			l.jobs.Go(func() { l.answer(receiving, working, retire, message) })
		}
	}
}

// receive waits for up to limit messages until the given time. Without its
// queue an executor still has its looks. Each message fills a slot that is
// occupied, so what a queue hands out beyond the limit is left to come again.
func (l *lane) receive(ctx context.Context, limit int, until time.Time) []queue.Delivery {
	if limit == 0 {
		return nil
	}
	messages, err := l.queue.Receive(ctx, l.name, limit, time.Until(until))
	l.receiving.Note(ctx, err)
	if err != nil {
		// If ctx ended, the caller finds out by itself.
		_ = pause.For(ctx, time.Until(until))
	}
	return messages[:min(len(messages), limit)]
}

// answer does what a message announced. It is acknowledged once something was
// taken or nothing was left to take; if neither is known, it comes again.
func (l *lane) answer(receiving, working context.Context, retire func(), message queue.Delivery) {
	job, err := l.takeOne(working, retire, message.Message.ID)
	if err == nil {
		l.receiving.Note(working, message.Ack(working))
	}
	if job != nil {
		job(working)
	}
	if job != nil && l.drain {
		l.look(receiving, working, retire)
		return
	}
	l.slots.release(1)
}

// look does what there is without a message, until there is nothing more.
func (l *lane) look(receiving, working context.Context, retire func()) {
	defer l.slots.release(1)
	for receiving.Err() == nil {
		job, _ := l.takeOne(working, retire, 0)
		if job == nil {
			return
		}
		job(working)
	}
}

// takeOne takes work. If the store went away meanwhile, something may have been
// taken that nobody here knows of.
func (l *lane) takeOne(ctx context.Context, retire func(), hint int64) (job, error) {
	job, err := l.take(ctx, hint)
	l.taking.Note(ctx, err)
	if monitor.CodeOf(err) == monitor.CodeUnavailable {
		retire()
	}
	return job, err
}
