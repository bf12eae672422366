package controller_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/store"
)

func TestEndLost_R74_AtStartAndThenByItsCron(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.deps.OwnExecutor = func() string { return "mine" }
		f.store.lost = []store.Lost{{ExecutionID: 4, Monitor: "orders", ExecutorID: "gone"}}
		_, stop := f.start(t, controller.Config{Lost: cron(t, "*/5 * * * * *")})
		synctest.Wait()
		f.store.with(func() {
			require.Equal(t, 1, f.store.sweeps)
			require.Equal(t, "mine", f.store.own, "never one's own")
		})
		require.Contains(t, f.log.String(), "executor=gone")

		after(12 * time.Second)
		f.store.with(func() { require.Equal(t, 3, f.store.sweeps) })
		stop()
	})
}

func TestClean_R78_RemovesWhatIsOldInBatches(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		now := time.Now()
		for range 12_000 {
			f.store.events = append(f.store.events, now.Add(-48*time.Hour))
		}
		f.store.events = append(f.store.events, now)
		f.store.executions = []time.Time{now.Add(-48 * time.Hour)}
		_, stop := f.start(t, controller.Config{
			CleanEvents:     controller.Cleaning{Cron: cron(t, "*/5 * * * *"), Keep: 24 * time.Hour},
			CleanExecutions: controller.Cleaning{Cron: cron(t, "*/5 * * * *")},
		})
		after(time.Minute)
		f.store.with(func() { require.Len(t, f.store.events, 12_001, "not at start") })

		after(5 * time.Minute)
		f.store.with(func() {
			require.Equal(t, []time.Time{now}, f.store.events)
			require.Len(t, f.store.executions, 1, "without a time to keep them, all are kept")
		})
		stop()
	})
}

func TestClean_R78_OnlyOneProcessAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		f.store.events = []time.Time{time.Now().Add(-48 * time.Hour)}
		f.store.leases["clean_old_events"] = lease{"another", time.Now().Add(10 * time.Minute)}
		config := controller.Config{CleanEvents: controller.Cleaning{Cron: cron(t, "*/5 * * * *"), Keep: 24 * time.Hour}}
		_, stop := f.start(t, config)
		after(5 * time.Minute)
		f.store.with(func() { require.Len(t, f.store.events, 1) })

		after(10 * time.Minute)
		f.store.with(func() { require.Empty(t, f.store.events, "the other one's lease is over") })
		stop()
	})
}

// fakeFolder counts how often it is read, and how many read it now.
type fakeFolder struct{ starts, running atomic.Int32 }

func (f *fakeFolder) Run(ctx context.Context) error {
	f.starts.Add(1)
	f.running.Add(1)
	defer f.running.Add(-1)
	<-ctx.Done()
	return nil
}

func (f *fakeFolder) Loaded() bool { return f.starts.Load() > 0 }

func TestFolder_R78_IsReadByOneProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first, second := newFixture(), newFixture()
		second.deps.Store = first.store
		folders := [2]*fakeFolder{{}, {}}
		first.deps.Folder, second.deps.Folder = folders[0], folders[1]

		a, stopFirst := first.start(t, controller.Config{})
		synctest.Wait()
		b, stopSecond := second.start(t, controller.Config{})
		after(time.Minute)
		require.EqualValues(t, 1, folders[0].running.Load())
		require.Zero(t, folders[1].starts.Load())
		require.True(t, a.MonitorsLoaded())
		require.True(t, b.MonitorsLoaded(), "somebody else sees to it")

		stopFirst()
		after(5 * time.Second)
		require.Zero(t, folders[0].running.Load())
		require.EqualValues(t, 1, folders[1].running.Load(), "released, not left to expire")
		stopSecond()
	})
}

func TestFolder_R78_IsLeftAloneWithoutTheLease(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		folder := &fakeFolder{}
		f.deps.Folder = folder
		_, stop := f.start(t, controller.Config{LeaseTime: 10 * time.Second})
		synctest.Wait()
		require.EqualValues(t, 1, folder.running.Load())

		f.store.with(func() { f.store.away = true })
		after(9 * time.Second)
		require.EqualValues(t, 1, folder.running.Load(), "the lease still holds")
		after(1500 * time.Millisecond)
		require.Zero(t, folder.running.Load(), "others may have it from now on")

		f.store.with(func() { f.store.away = false })
		after(5 * time.Second)
		require.EqualValues(t, 2, folder.starts.Load())
		require.EqualValues(t, 1, folder.running.Load())
		stop()
	})
}
