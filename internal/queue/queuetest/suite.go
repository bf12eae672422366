package queuetest

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
)

// suite is one fresh queue under test.
type suite struct {
	Driver
	instance Instance
	queue    queue.Queue
}

func (s suite) send(t *testing.T, messages ...queue.Message) {
	t.Helper()
	require.NoError(t, s.queue.Send(t.Context(), messages...))
}

// receive collects until it has count messages, or until none came for wait.
func (s suite) receive(t *testing.T, lane queue.Lane, count int, wait time.Duration) []queue.Delivery {
	t.Helper()
	var all []queue.Delivery
	for len(all) < count {
		got, err := s.queue.Receive(t.Context(), lane, count-len(all), wait)
		require.NoError(t, err)
		if len(got) == 0 {
			break
		}
		all = append(all, got...)
	}
	return all
}

func (s suite) requireEmpty(t *testing.T, lane queue.Lane, wait time.Duration) {
	t.Helper()
	got, err := s.queue.Receive(t.Context(), lane, 10, wait)
	require.NoError(t, err)
	require.Empty(t, got)
}

// comeAgain is how long it takes at most until an unacknowledged message is back.
func (s suite) comeAgain() time.Duration { return s.Visibility + s.Latency }

func messages(deliveries []queue.Delivery) []queue.Message {
	list := make([]queue.Message, len(deliveries))
	for i, d := range deliveries {
		list[i] = d.Message
	}
	return list
}

func testAck(t *testing.T, s suite) {
	want := []queue.Message{{Lane: queue.Executions, ID: 1}, {Lane: queue.Executions, ID: 2}}
	s.send(t, want...)

	got := s.receive(t, queue.Executions, 2, s.Latency)
	require.ElementsMatch(t, want, messages(got))
	for _, d := range got {
		require.NoError(t, d.Ack(t.Context()))
	}
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

func testRedelivery(t *testing.T, s suite) {
	want := queue.Message{Lane: queue.Executions, ID: 7}
	s.send(t, want)
	require.Len(t, s.receive(t, queue.Executions, 1, s.Latency), 1)

	again := s.receive(t, queue.Executions, 1, 2*s.comeAgain())
	require.Equal(t, []queue.Message{want}, messages(again))
	require.NoError(t, again[0].Ack(t.Context()))
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

func testLateAck(t *testing.T, s suite) {
	s.send(t, queue.Message{Lane: queue.Executions, ID: 7})
	first := s.receive(t, queue.Executions, 1, s.Latency)
	require.Len(t, first, 1)
	second := s.receive(t, queue.Executions, 1, 2*s.comeAgain())
	require.Len(t, second, 1)

	require.NoError(t, first[0].Ack(t.Context()))
	require.NoError(t, first[0].Extend(t.Context(), s.Visibility), "it is somebody else's, or gone")
	require.NoError(t, second[0].Ack(t.Context()))
	require.NoError(t, second[0].Ack(t.Context()))
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

func testExtend(t *testing.T, s suite) {
	s.send(t, queue.Message{Lane: queue.Executions, ID: 7})
	got := s.receive(t, queue.Executions, 1, s.Latency)
	require.Len(t, got, 1)

	require.NoError(t, got[0].Extend(t.Context(), 4*s.comeAgain()))
	s.requireEmpty(t, queue.Executions, 2*s.comeAgain())
	require.Len(t, s.receive(t, queue.Executions, 1, 4*s.comeAgain()), 1)
}

func testLanes(t *testing.T, s suite) {
	execution := queue.Message{Lane: queue.Executions, ID: 1}
	delivery := queue.Message{Lane: queue.Deliveries, ID: 1}
	s.send(t, execution, delivery)

	require.Equal(t, []queue.Message{delivery}, messages(s.receive(t, queue.Deliveries, 1, s.Latency)))
	s.requireEmpty(t, queue.Deliveries, s.Latency)
	require.Equal(t, []queue.Message{execution}, messages(s.receive(t, queue.Executions, 1, s.Latency)))
}

func testLimit(t *testing.T, s suite) {
	for id := range int64(5) {
		s.send(t, queue.Message{Lane: queue.Executions, ID: id})
	}
	got, err := s.queue.Receive(t.Context(), queue.Executions, 2, s.Latency)
	require.NoError(t, err)
	require.NotEmpty(t, got)
	require.LessOrEqual(t, len(got), 2)
}

func testCompeting(t *testing.T, s suite) {
	const count = 20
	for id := range int64(count) {
		s.send(t, queue.Message{Lane: queue.Executions, ID: id})
	}
	type result struct {
		got []queue.Delivery
		err error
	}
	results := make(chan result)
	for range count {
		go func() {
			got, err := s.queue.Receive(t.Context(), queue.Executions, 1, s.Latency)
			results <- result{got, err}
		}()
	}
	seen := map[int64]bool{}
	for range count {
		r := <-results
		require.NoError(t, r.err)
		for _, d := range r.got {
			require.False(t, seen[d.Message.ID], "message %d was received twice", d.Message.ID)
			seen[d.Message.ID] = true
		}
	}
	require.NotEmpty(t, seen)
}

func testDuplicates(t *testing.T, s suite) {
	message := queue.Message{Lane: queue.Executions, ID: 7}
	s.send(t, message, message)
	s.send(t, message)

	got := s.receive(t, queue.Executions, 3, s.Latency)
	require.NotEmpty(t, got)
	for _, d := range got {
		require.Equal(t, message, d.Message)
		require.NoError(t, d.Ack(t.Context()))
	}
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

// testMany acknowledges backwards, so that the order does not matter there either.
func testMany(t *testing.T, s suite) {
	var sent []queue.Message
	for id := range int64(57) {
		sent = append(sent, queue.Message{Lane: queue.Executions, ID: id})
	}
	s.send(t, sent...)
	seen := map[queue.Message]bool{}
	for len(seen) < len(sent) {
		got, err := s.queue.Receive(t.Context(), queue.Executions, 10, s.comeAgain())
		require.NoError(t, err)
		require.NotEmpty(t, got, "%d of %d messages arrived", len(seen), len(sent))
		for _, d := range slices.Backward(got) {
			seen[d.Message] = true
			require.NoError(t, d.Ack(t.Context()))
		}
	}
	require.ElementsMatch(t, sent, slices.Collect(maps.Keys(seen)))
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

func testWait(t *testing.T, s suite) {
	start := time.Now()
	s.requireEmpty(t, queue.Executions, s.Latency)
	require.GreaterOrEqual(t, time.Since(start), s.Latency)
}

func testCancel(t *testing.T, s suite) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := s.queue.Receive(ctx, queue.Executions, 1, time.Hour)
		ended <- err
	}()
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)
}

func testWakes(t *testing.T, s suite) {
	received := make(chan []queue.Delivery)
	go func() {
		got, err := s.queue.Receive(t.Context(), queue.Executions, 1, time.Hour)
		if err == nil {
			received <- got
		}
		close(received)
	}()
	want := queue.Message{Lane: queue.Executions, ID: 3}
	s.send(t, want)
	require.Equal(t, []queue.Message{want}, messages(<-received))
}

func testClosed(t *testing.T, s suite) {
	require.NoError(t, s.queue.Ping(t.Context()))
	require.NoError(t, s.queue.Close())

	require.Error(t, s.queue.Ping(t.Context()))
	require.Error(t, s.queue.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: 1}))
	_, err := s.queue.Receive(t.Context(), queue.Executions, 1, s.Latency)
	require.Error(t, err)
}
