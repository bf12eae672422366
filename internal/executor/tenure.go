package executor

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// errStopping is why runs are cancelled that outlast the grace period.
var errStopping = errors.New("the process is stopping")

// tenure is what the executor does under one lease. It ends with the process,
// with the lease, or when it is unknown what was taken in its name: that is lost
// for whoever looks when the lease is gone, so the lease has to go.
type tenure struct {
	*Executor
	lease *lease

	mu sync.Mutex
	// running has the executions that were taken and have not ended.
	running map[monitor.Fence]bool
}

// serve works under a lease. Stopping has two phases: first the tenure receives
// no more, which it says by calling retired; then what is under way comes to its
// end.
func (e *Executor) serve(ctx context.Context, lease *lease, retired func()) {
	t := &tenure{Executor: e, lease: lease, running: map[monitor.Fence]bool{}}
	receiving, retire := context.WithCancel(ctx)
	defer retire()
	working, cancel := context.WithCancelCause(context.WithoutCancel(ctx))

	var heart, lanes, jobs sync.WaitGroup
	heart.Go(func() {
		if err := lease.keep(working); err != nil {
			t.Logger.WarnContext(ctx, "lease lost: dropping what is under way", slog.String("executor", lease.id))
			cancel(err)
			retire()
		}
	})
	for _, lane := range t.lanes(&jobs) {
		lanes.Go(func() { lane.serve(receiving, working, retire) })
	}
	lanes.Wait()
	retired()

	t.finish(ctx, &jobs, cancel)
	held := context.Cause(working) == nil || errors.Is(context.Cause(working), errStopping)
	cancel(nil)
	heart.Wait()
	if held {
		t.leave(context.WithoutCancel(ctx))
	}
}

// finish waits for what is under way: once ctx has ended, for the grace period
// at most. What is not done by then is cancelled and handed back.
func (t *tenure) finish(ctx context.Context, jobs *sync.WaitGroup, cancel context.CancelCauseFunc) {
	done := make(chan struct{})
	go func() {
		jobs.Wait()
		close(done)
	}()
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	grace := time.NewTimer(t.config.GracePeriod)
	defer grace.Stop()
	select {
	case <-done:
	case <-grace.C:
		cancel(errStopping)
		t.handBack(context.WithoutCancel(ctx))
		<-done
	}
}

// handBack makes the executions under way queued again, without waiting for
// their code to notice that it was cancelled: whatever they do from now on is
// fenced off.
func (t *tenure) handBack(ctx context.Context) {
	t.mu.Lock()
	fences := slices.Collect(maps.Keys(t.running))
	t.mu.Unlock()
	if len(fences) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, t.config.Heartbeat)
	defer cancel()
	if err := t.Store.HandBack(ctx, fences); err != nil {
		t.Logger.WarnContext(ctx, "executions could not be handed back: they will be found lost",
			slog.Int("executions", len(fences)), slog.Any("error", err))
		return
	}
	t.Logger.InfoContext(ctx, "executions handed back", slog.Int("executions", len(fences)))
}

// leave gives up the lease, so that nobody has to wait for its end.
func (t *tenure) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, t.config.Heartbeat)
	defer cancel()
	if err := t.Store.RemoveExecutor(ctx, t.lease.id); err != nil {
		t.Logger.WarnContext(ctx, "executor could not be signed off", slog.Any("error", err))
	}
}

func (t *tenure) lanes(jobs *sync.WaitGroup) []*lane {
	lanes := []*lane{t.executionLane(jobs), t.deliveryLane(jobs)}
	if t.Notifier != nil {
		lanes = append(lanes, t.noticeLane(jobs))
	}
	return lanes
}

func (t *tenure) executionLane(jobs *sync.WaitGroup) *lane {
	lane := t.newLane(queue.Executions, t.executions, jobs)
	lane.take = func(ctx context.Context, hint int64) (job, error) {
		taken, err := t.Store.Take(ctx, t.lease.id, hint, t.Store.Now())
		if err != nil || taken == nil {
			return nil, err
		}
		return func(ctx context.Context) { t.execute(ctx, taken) }, nil
	}
	return lane
}

func (t *tenure) deliveryLane(jobs *sync.WaitGroup) *lane {
	lane := t.newLane(queue.Deliveries, t.deliveries, jobs)
	// One message stands for all that a run has left to be delivered.
	lane.drain = true
	lane.take = func(ctx context.Context, _ int64) (job, error) {
		batch, err := t.Deliverer.Take(ctx, t.lease.id)
		if err != nil || batch == nil {
			return nil, err
		}
		return batch.Deliver, nil
	}
	return lane
}

// noticeLane has no messages, but a bell in this process: whoever makes something
// known is mostly who can tell people of it. What happens elsewhere is found by
// looking.
func (t *tenure) noticeLane(jobs *sync.WaitGroup) *lane {
	lane := t.newLane("notifications", t.notices, jobs)
	lane.queue = t.bell
	lane.drain = true
	lane.take = func(ctx context.Context, _ int64) (job, error) {
		return t.Notifier.Take(ctx, t.lease.id)
	}
	return lane
}
