package queuetest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
)

// again opens the queue as another process would, or skips the test.
func (s suite) again(t *testing.T) suite {
	t.Helper()
	if s.instance.Again == nil {
		t.Skip("such a queue stays inside one process")
	}
	s.queue = s.instance.Again()
	return s
}

func testShared(t *testing.T, s suite) {
	other := s.again(t)
	received := make(chan []queue.Delivery)
	go func() {
		defer close(received)
		if got, err := other.queue.Receive(t.Context(), queue.Executions, 1, time.Hour); err == nil {
			received <- got
		}
	}()
	want := queue.Message{Lane: queue.Executions, ID: 3}
	s.send(t, want)
	got := <-received
	require.Equal(t, []queue.Message{want}, messages(got))
	require.NoError(t, got[0].Ack(t.Context()))
	s.requireEmpty(t, queue.Executions, s.comeAgain())
}

func testOutlives(t *testing.T, s suite) {
	other := s.again(t)
	want := queue.Message{Lane: queue.Deliveries, ID: 3}
	s.send(t, want)
	require.NoError(t, s.queue.Close())
	require.Equal(t, []queue.Message{want}, messages(other.receive(t, queue.Deliveries, 1, s.Latency)))
}

// testInterrupt lets calls fail when connections break, but not for long.
func testInterrupt(t *testing.T, s suite) {
	if s.instance.Interrupt == nil {
		t.Skip("such a queue has no connections that this test could break")
	}
	s.send(t, queue.Message{Lane: queue.Executions, ID: 1})
	require.Len(t, s.receive(t, queue.Executions, 1, s.Latency), 1)

	s.instance.Interrupt()
	want := queue.Message{Lane: queue.Executions, ID: 2}
	s.insist(t, func() error { return s.queue.Send(t.Context(), want) })
	var got []queue.Delivery
	s.insist(t, func() (err error) {
		got, err = s.queue.Receive(t.Context(), queue.Executions, 1, s.comeAgain())
		return err
	})
	require.Len(t, got, 1)

	// Whatever woke receivers does so again.
	received := make(chan struct{})
	go func() {
		defer close(received)
		s.receiveOnly(t.Context(), queue.Message{Lane: queue.Deliveries, ID: 9})
	}()
	s.insist(t, func() error { return s.queue.Send(t.Context(), queue.Message{Lane: queue.Deliveries, ID: 9}) })
	<-received
}

// insist repeats what fails until it works.
func (s suite) insist(t *testing.T, do func() error) {
	t.Helper()
	require.Eventually(t, func() bool { return do() == nil }, 20*time.Second, 10*time.Millisecond)
}

// receiveOnly returns when the message arrives or ctx ends.
func (s suite) receiveOnly(ctx context.Context, want queue.Message) {
	for ctx.Err() == nil {
		got, err := s.queue.Receive(ctx, want.Lane, 1, s.Visibility)
		if err == nil && len(got) == 1 && got[0].Message == want {
			return
		}
	}
}
