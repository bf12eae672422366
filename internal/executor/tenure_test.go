package executor_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLease_R04_IsRenewedWhileWorkGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		e, stop := f.start(t, executor.Config{Heartbeat: 5 * time.Second})
		f.store.with(func() { require.Equal(t, time.Now().Add(15*time.Second), f.store.executors[e.ID()]) })
		after(time.Minute)
		f.store.with(func() {
			require.Len(t, f.store.registered, 1)
			require.GreaterOrEqual(t, time.Until(f.store.executors[e.ID()]), 10*time.Second)
		})
		close(f.databases.release)
		stop()
		f.store.with(func() { require.Empty(t, f.store.executors, "signed off") })
	})
}

// oneWriter is a store whose renewals wait for a minute, as they do where a large
// commit holds up all other writing.
type oneWriter struct{ *fakeStore }

func (s oneWriter) RenewExecutor(ctx context.Context, id string, now, until time.Time) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(time.Minute):
	}
	return s.fakeStore.RenewExecutor(ctx, id, now, until)
}

// exclusiveStore is one that no other process has open.
type exclusiveStore struct{ oneWriter }

func (exclusiveStore) Exclusive() {}

func TestLease_R04_ALargeCommitDoesNotCostAnExclusiveStoreItsLease(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		store func(*fakeStore) executor.Store
		lost  bool
	}{
		"exclusive": {func(s *fakeStore) executor.Store { return exclusiveStore{oneWriter{s}} }, false},
		"shared":    {func(s *fakeStore) executor.Store { return oneWriter{s} }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFixture(t)
				f.deps.Store = test.store(f.store)
				f.add(t, blocking, 1)
				_, stop := f.start(t, executor.Config{Heartbeat: 5 * time.Second})
				after(3 * time.Minute)
				close(f.databases.release)
				after(time.Second)
				if test.lost {
					require.Contains(t, f.log.String(), "lease was lost")
				} else {
					require.NotContains(t, f.log.String(), "lease was lost")
					require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
				}
				stop()
			})
		})
	}
}

func TestLease_R04_WithoutItRunsAreCancelledAndTheProcessRegistersAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		e, stop := f.start(t, executor.Config{Heartbeat: 5 * time.Second})
		first := e.ID()
		f.store.with(func() {
			f.store.fail = func(call string) error {
				if call == "sync" || call == "take" {
					return errAway
				}
				return nil
			}
		})
		after(14 * time.Second)
		require.NotContains(t, f.log.String(), "execution dropped", "the lease still holds")
		after(2 * time.Second)
		require.Contains(t, f.log.String(), "lease was lost")
		require.Equal(t, monitor.ExecutionRunning, f.store.status(1), "somebody else will find it lost")

		f.store.with(func() { f.store.fail = nil })
		after(2 * time.Second)
		require.NotEqual(t, first, e.ID())
		f.add(t, quick, 2)
		after(time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(2))
		stop()
	})
}

func TestLease_R04_FoundExpiredByOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		e, stop := f.start(t, executor.Config{Heartbeat: 5 * time.Second})
		first := e.ID()
		f.store.with(func() { delete(f.store.executors, first) })
		after(6 * time.Second)
		require.Contains(t, f.log.String(), "execution dropped")
		require.NotEqual(t, first, e.ID())
		stop()
	})
}

// What was taken when the connection broke is known to nobody in this process.
// It is found lost once the lease is gone, so the lease has to go, while what is
// under way goes on.
func TestTake_R74_WhatIsUnknownIsLeftToTheSweep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		e, stop := f.start(t, executor.Config{})
		first := e.ID()
		failed := false
		f.store.with(func() {
			f.store.fail = func(call string) error {
				if call == "take" && !failed {
					failed = true
					return errAway
				}
				return nil
			}
		})
		after(2 * time.Second)
		second := e.ID()
		require.NotEqual(t, first, second)
		f.store.with(func() {
			require.Contains(t, f.store.executors, first, "kept for what is under way")
			require.Contains(t, f.store.executors, second)
		})
		f.add(t, quick, 2)
		after(time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(2), "new work is taken meanwhile")

		close(f.databases.release)
		after(time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
		f.store.with(func() { require.NotContains(t, f.store.executors, first) })
		stop()
	})
}

func TestStop_R74_LetsWorkFinish(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		_, stop := f.start(t, executor.Config{GracePeriod: 20 * time.Second, Heartbeat: time.Second})
		f.store.queue(2)
		time.AfterFunc(10*time.Second, func() { close(f.databases.release) })
		start := time.Now()
		stop()
		require.Equal(t, 10*time.Second, time.Since(start))
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
		require.Equal(t, monitor.ExecutionQueued, f.store.status(2), "nothing more is taken")
		f.store.with(func() {
			require.Empty(t, f.store.executors)
			require.Greater(t, f.store.calls["renew"], 5, "the lease is kept until the end")
		})
	})
}

func TestStop_R74_HandsBackWhatOutlastsTheGracePeriod(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1, 2)
		_, stop := f.start(t, executor.Config{GracePeriod: 20 * time.Second})
		start := time.Now()
		stop()
		require.Equal(t, 20*time.Second, time.Since(start))
		for id := int64(1); id <= 2; id++ {
			require.Equal(t, monitor.ExecutionQueued, f.store.status(id))
		}
		f.store.with(func() {
			require.Empty(t, f.store.executors)
			require.Zero(t, f.store.calls["commit"])
			require.Zero(t, f.store.calls["fail"])
		})
	})
}

func TestRun_WaitsForAStoreThatIsAwayAtStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.store.away = true
		e, stop := f.start(t, executor.Config{})
		after(time.Minute)
		require.Empty(t, e.ID())

		f.store.with(func() { f.store.away = false })
		after(time.Second)
		require.NotEmpty(t, e.ID())
		stop()
	})
}
