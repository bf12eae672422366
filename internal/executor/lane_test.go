package executor_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

func TestLane_R73_AMessageIsServedAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		_, stop := f.start(t, executor.Config{})
		after(500 * time.Millisecond)
		f.add(t, quick, 1)
		f.ring(t, 1)
		synctest.Wait()
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
		stop()
	})
}

func TestLane_R73_WorkIsFoundWithoutItsMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 1)
		_, stop := f.start(t, executor.Config{})
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1), "what was queued before the start")

		f.add(t, quick, 2, 3, 4)
		after(time.Second)
		for id := int64(2); id <= 4; id++ {
			require.Equal(t, monitor.ExecutionSucceeded, f.store.status(id), "execution %d", id)
		}
		takes := f.store.count("take")
		after(10 * time.Second)
		require.Equal(t, takes+10, f.store.count("take"), "once a second")
		stop()
	})
}

func TestLane_R73_ALateMessageTakesTheOldest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 1)
		_, stop := f.start(t, executor.Config{})
		after(500 * time.Millisecond)
		f.add(t, quick, 2, 3)
		f.ring(t, 1)
		synctest.Wait()
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(2))
		require.Equal(t, monitor.ExecutionQueued, f.store.status(3))
		stop()
	})
}

func TestLane_R73_AMessageIsAcknowledgedRightAfterTaking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		f.ring(t, 1)
		_, stop := f.start(t, executor.Config{Concurrency: 2})
		require.Equal(t, monitor.ExecutionRunning, f.store.status(1))
		after(5 * time.Minute)
		require.NotContains(t, f.log.String(), "trouble")
		takes := f.store.count("take")
		after(10 * time.Second)
		require.Equal(t, takes+10, f.store.count("take"), "only looks: the message did not come again")
		close(f.databases.release)
		stop()
	})
}

func TestLane_R73_MessagesAreLeftWhileAllSlotsAreFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1, 2)
		f.ring(t, 1, 2, 3)
		_, stop := f.start(t, executor.Config{Concurrency: 2})
		f.add(t, quick, 3)
		after(time.Minute)
		require.Equal(t, monitor.ExecutionQueued, f.store.status(3))
		left, err := f.queue.Receive(t.Context(), queue.Executions, 10, 0)
		require.NoError(t, err)
		require.NotEmpty(t, left, "for an executor that has a slot")

		close(f.databases.release)
		after(time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(3))
		stop()
	})
}

func TestLane_R73_DeliveriesHaveSlotsOfTheirOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		_, stop := f.start(t, executor.Config{Concurrency: 1, DeliveryConcurrency: 1})
		require.Equal(t, monitor.ExecutionRunning, f.store.status(1))

		f.store.with(func() {
			f.store.deliveries = []monitor.Delivery{{ID: 5, Target: monitor.TargetReactions}}
		})
		after(time.Second)
		f.store.with(func() { require.Equal(t, []int64{5}, f.store.settled) })
		close(f.databases.release)
		stop()
	})
}

func TestLane_R80_ACommitRingsForItsReactions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		told := make(chan int64, 100)
		f.delivered = func(_ context.Context, d monitor.Delivery) error {
			told <- d.ID
			return nil
		}
		_, stop := f.start(t, executor.Config{})
		after(500 * time.Millisecond)
		// More than a batch: one message stands for all of them.
		f.store.with(func() {
			for id := range int64(50) {
				f.store.deliveries = append(f.store.deliveries, monitor.Delivery{ID: id, Target: monitor.TargetReactions})
			}
		})
		f.add(t, quick, 1)
		f.ring(t, 1)
		synctest.Wait()
		require.Len(t, told, 50, "without waiting for the next look")
		stop()
	})
}

func TestLane_R73_LooksGoOnWithoutTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.deps.Queue = brokenQueue{f.queue}
		_, stop := f.start(t, executor.Config{})
		f.add(t, quick, 1)
		after(time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
		require.Contains(t, f.log.String(), "no queue")
		stop()
	})
}

type brokenQueue struct{ queue.Queue }

func (brokenQueue) Receive(context.Context, queue.Lane, int, time.Duration) ([]queue.Delivery, error) {
	return nil, errors.New("no queue")
}

func (brokenQueue) Send(context.Context, ...queue.Message) error { return errors.New("no queue") }

// A queue in PostgreSQL once handed out more messages than it was asked for, when
// its planner had seen a nearly empty table. They took slots that nobody had, and
// in the end all lanes waited for slots to be given back, silently and for ever.
func TestLane_R73_AQueueThatHandsOutTooMuchCostsNoSlots(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.deps.Queue = lavishQueue{f.queue}
		f.add(t, blocking, 1, 2, 3, 4, 5)
		f.ring(t, 1, 2, 3, 4, 5)
		_, stop := f.start(t, executor.Config{Concurrency: 2})
		after(time.Second)
		running := 0
		for id := int64(1); id <= 5; id++ {
			if f.store.status(id) == monitor.ExecutionRunning {
				running++
			}
		}
		require.Equal(t, 2, running, "as many as there are slots")
		close(f.databases.release)
		after(time.Minute)
		for round := int64(1); round <= 3; round++ {
			f.add(t, quick, 10*round)
			f.ring(t, 10*round)
			after(time.Second)
			require.Equal(t, monitor.ExecutionSucceeded, f.store.status(10*round))
		}
		stop()
	})
}

// lavishQueue hands out all that it has.
type lavishQueue struct{ queue.Queue }

func (q lavishQueue) Receive(ctx context.Context, lane queue.Lane, _ int, wait time.Duration) ([]queue.Delivery, error) {
	return q.Queue.Receive(ctx, lane, 100, wait)
}

func TestLane_R82_PeopleAreToldWithoutAnyMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		told := &fakeNotifier{}
		f.deps.Notifier = told
		_, stop := f.start(t, executor.Config{})
		told.due.Store(3)
		after(time.Second)
		require.Zero(t, told.due.Load(), "all that is due, one after the other")
		require.NotEmpty(t, told.executor.Load())
		stop()
	})
}

func TestLane_R82_PeopleAreToldAtOnceOfWhatARunFinds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		told := &fakeNotifier{}
		f.deps.Notifier = told
		e, stop := f.start(t, executor.Config{})
		after(500 * time.Millisecond)
		told.due.Store(3)
		e.Ring()
		e.Ring()
		synctest.Wait()
		require.Zero(t, told.due.Load(), "all that is due")

		f.add(t, strings.Replace(quick, "monitor(", `monitor(notifications = [receiver("ops")], `, 1), 1)
		told.due.Store(1)
		f.ring(t, 1)
		synctest.Wait()
		require.Zero(t, told.due.Load(), "a run rings by itself")
		stop()
	})
}

// fakeNotifier has so many things to tell.
type fakeNotifier struct {
	due      atomic.Int64
	executor atomic.Value
}

func (n *fakeNotifier) Take(_ context.Context, executor string) (func(context.Context), error) {
	if n.due.Load() == 0 {
		return nil, nil
	}
	return func(context.Context) {
		n.executor.Store(executor)
		n.due.Add(-1)
	}, nil
}
