package controller_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
)

// gathered gives the metrics of these names, each with its labels.
func (f *fixture) gathered(t *testing.T, names ...string) map[string]float64 {
	t.Helper()
	families, err := f.deps.Registerer.(*prometheus.Registry).Gather()
	require.NoError(t, err)
	found := map[string]float64{}
	for _, family := range families {
		if !slices.Contains(names, family.GetName()) {
			continue
		}
		for _, metric := range family.GetMetric() {
			key := family.GetName()
			for _, label := range metric.GetLabel() {
				key += " " + label.GetValue()
			}
			found[key] = metric.GetGauge().GetValue()
		}
	}
	return found
}

func TestMetrics_CountAlertsByPriorityAndAcknowledgement(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		_, stop := f.start(t, controller.Config{})
		synctest.Wait()
		found := f.gathered(t, "vedette_alerts_active", "vedette_monitor_oldest_due_seconds")
		require.Len(t, found, 2*len(monitor.Priorities)+1, "priorities without an alert are told too")
		require.InDelta(t, 2, found["vedette_alerts_active true high"], 0)
		require.InDelta(t, 3, found["vedette_alerts_active false high"], 0)
		require.InDelta(t, 3, found["vedette_monitor_oldest_due_seconds"], 0)
		stop()
	})
}

// mutedQueue does not tell what waits in it once it is away.
type mutedQueue struct {
	queue.Queue
	away atomic.Bool
}

func (q *mutedQueue) Measure(context.Context) (map[queue.Lane]queue.Depth, error) {
	if q.away.Load() {
		return nil, errors.New("the queue is away")
	}
	return map[queue.Lane]queue.Depth{
		queue.Executions: {Messages: 7, Oldest: 2 * time.Second},
		queue.Deliveries: {Messages: 1, Oldest: -1},
	}, nil
}

func TestMetrics_TellWhatWaitsInTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		muted := &mutedQueue{Queue: f.queue}
		f.deps.Queue = muted
		_, stop := f.start(t, controller.Config{})
		synctest.Wait()
		names := []string{"vedette_queue_messages", "vedette_queue_oldest_message_seconds"}
		require.Equal(t, map[string]float64{
			"vedette_queue_messages executions": 7, "vedette_queue_messages deliveries": 1,
			"vedette_queue_oldest_message_seconds executions": 2,
		}, f.gathered(t, names...))
		muted.away.Store(true)
		after(time.Minute)
		require.Empty(t, f.gathered(t, names...))
		stop()
	})
}
