package delivery_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/monitor"
)

// deliverDue makes all deliveries that are due, and returns how many batches
// they took.
func deliverDue(t *testing.T, d *delivery.Deliverer) int {
	t.Helper()
	for batches := 0; ; batches++ {
		batch, err := d.Take(t.Context(), "executor")
		require.NoError(t, err)
		if batch == nil {
			return batches
		}
		batch.Deliver(t.Context())
	}
}

func TestDeliver_R81_OneThatFailsDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	var told []int64
	d, store := newDeliverer(t, delivery.Config{}, func(_ context.Context, d monitor.Delivery) error {
		told = append(told, d.ID)
		if d.ID == 1 {
			return errors.New("no")
		}
		return nil
	})
	store.add(1, 7)
	store.add(2, 7)
	require.Equal(t, 1, deliverDue(t, d))

	require.Equal(t, []int64{1, 2}, told)
	require.Len(t, store.settled, 2)
	require.Equal(t, "no", store.settled[0].failure)
	require.Equal(t, settlement{id: 2}, store.settled[1])
}

func TestDeliver_R81_RetriesWithBackoffUntilDead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var at []time.Time
		config := delivery.Config{MaxAttempts: 5, Backoff: 2 * time.Second, MaxBackoff: 10 * time.Second}
		d, store := newDeliverer(t, config, func(context.Context, monitor.Delivery) error {
			at = append(at, time.Now())
			return errors.New("away")
		})
		store.add(1, 7)
		for range 60 {
			deliverDue(t, d)
			<-time.After(time.Second)
		}

		require.Len(t, at, 5)
		for i, most := range []time.Duration{2, 4, 8, 10} {
			pause := at[i+1].Sub(at[i])
			// Half of the pause is random, and it ends with a look at the next second.
			require.GreaterOrEqual(t, pause, most*time.Second/2, "after attempt %d", i+1)
			require.LessOrEqual(t, pause, most*time.Second+time.Second, "after attempt %d", i+1)
		}
		last := store.settled[len(store.settled)-1]
		require.Equal(t, settlement{id: 1, failure: "away"}, last, "dead, with its error")
	})
}

func TestDeliver_R81_ASlowMonitorHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const slow, quick = 7, 8
		release := make(chan struct{})
		d, store := newDeliverer(t, delivery.Config{Batch: 1}, func(_ context.Context, d monitor.Delivery) error {
			if d.Event.MonitorID == slow {
				<-release
			}
			return nil
		})
		for id := range int64(50) {
			store.add(id, slow)
		}
		store.add(99, quick)

		batch, err := d.Take(t.Context(), "executor")
		require.NoError(t, err)
		done := make(chan struct{})
		go func() {
			batch.Deliver(t.Context())
			close(done)
		}()
		synctest.Wait()

		require.Equal(t, 1, deliverDue(t, d), "only what is not the slow monitor's")
		require.Equal(t, []settlement{{id: 99}}, store.settled)

		close(release)
		<-done
		require.Equal(t, 49, deliverDue(t, d))
	})
}

func TestDeliver_R80_AnUnknownTargetIsAFailure(t *testing.T) {
	t.Parallel()
	d, store := newDeliverer(t, delivery.Config{}, nil)
	store.add(1, 7)
	store.open[0].Target = "pigeon:home"
	deliverDue(t, d)
	require.Contains(t, store.settled[0].failure, `"pigeon:home"`)
	require.False(t, store.settled[0].retryAt.IsZero())
}

func TestDeliver_APanicIsAFailure(t *testing.T) {
	t.Parallel()
	d, store := newDeliverer(t, delivery.Config{}, func(context.Context, monitor.Delivery) error { panic("ouch") })
	store.add(1, 7)
	deliverDue(t, d)
	require.Contains(t, store.settled[0].failure, "ouch")
}

func TestDeliver_WhatIsBrokenOffIsNotSettled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	d, store := newDeliverer(t, delivery.Config{}, func(ctx context.Context, _ monitor.Delivery) error {
		told++
		cancel()
		return context.Cause(ctx)
	})
	store.add(1, 7)
	store.add(2, 7)
	batch, err := d.Take(t.Context(), "executor")
	require.NoError(t, err)
	batch.Deliver(ctx)

	require.Equal(t, 1, told)
	require.Empty(t, store.settled)
}

func TestDeliver_SettlesWhenTheStoreIsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		told := 0
		d, store := newDeliverer(t, delivery.Config{}, func(context.Context, monitor.Delivery) error {
			told++
			return nil
		})
		store.add(1, 7)
		store.settleErr = monitor.Errorf(monitor.CodeUnavailable, "the database is away")
		time.AfterFunc(time.Minute, func() {
			store.mu.Lock()
			defer store.mu.Unlock()
			store.settleErr = nil
		})
		deliverDue(t, d)
		require.Equal(t, 1, told)
		require.Equal(t, []settlement{{id: 1}}, store.settled)
	})
}
