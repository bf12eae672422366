package queuetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
)

// testMeasure counts messages that wait and messages that are with somebody alike.
func testMeasure(t *testing.T, s suite) {
	measured, ok := s.queue.(queue.Measured)
	require.True(t, ok, "every queue tells what waits in it")
	depth := func(lane queue.Lane) queue.Depth {
		depths, err := measured.Measure(t.Context())
		require.NoError(t, err)
		require.Contains(t, depths, lane)
		return depths[lane]
	}
	require.Zero(t, depth(queue.Executions).Messages)
	require.LessOrEqual(t, depth(queue.Executions).Oldest, time.Duration(0))
	for id := range int64(3) {
		s.send(t, queue.Message{Lane: queue.Executions, ID: id})
	}
	require.Equal(t, 3, depth(queue.Executions).Messages)
	require.Zero(t, depth(queue.Deliveries).Messages)

	got := s.receive(t, queue.Executions, 1, s.Latency)
	require.Len(t, got, 1)
	require.Equal(t, 3, depth(queue.Executions).Messages)
	require.NoError(t, got[0].Ack(t.Context()))
	require.Equal(t, 2, depth(queue.Executions).Messages)
	s.requireEmpty(t, queue.Deliveries, s.Latency)
	if oldest := depth(queue.Executions).Oldest; oldest >= 0 {
		require.Greater(t, oldest, s.Latency/2, "it grows with time")
	}
}
