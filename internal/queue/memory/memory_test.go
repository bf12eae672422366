package memory_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/memory"
	"github.com/vedettehq/vedette/internal/queue/queuetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestConformance(t *testing.T) {
	t.Parallel()
	queuetest.Run(t, queuetest.Driver{
		Open: func(testing.TB) queuetest.Instance {
			return queuetest.Instance{Queue: memory.New(memory.Config{Visibility: 10 * time.Second})}
		},
		Visibility: 10 * time.Second,
		Latency:    time.Second,
		Bubble:     true,
	})
}

func TestSend_CoalescesWhatWaits(t *testing.T) {
	t.Parallel()
	q := memory.New(memory.Config{})
	bell := queue.Message{Lane: queue.Deliveries}
	require.NoError(t, q.Send(t.Context(), bell, bell))
	require.NoError(t, q.Send(t.Context(), bell))

	got, err := q.Receive(t.Context(), queue.Deliveries, 10, 0)
	require.NoError(t, err)
	require.Len(t, got, 1)

	require.NoError(t, q.Send(t.Context(), bell), "what was received may already have been looked at")
	got, err = q.Receive(t.Context(), queue.Deliveries, 10, 0)
	require.NoError(t, err)
	require.Len(t, got, 1)
}

func TestSend_NeverWaits(t *testing.T) {
	t.Parallel()
	q := memory.New(memory.Config{Capacity: 2})
	for id := range int64(5) {
		require.NoError(t, q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: id}))
	}
	got, err := q.Receive(t.Context(), queue.Executions, 10, 0)
	require.NoError(t, err)
	require.Len(t, got, 2)
}

func TestClose_EndsWaitingReceivers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		q := memory.New(memory.Config{})
		ended := make(chan error)
		go func() {
			_, err := q.Receive(t.Context(), queue.Executions, 1, time.Hour)
			ended <- err
		}()
		synctest.Wait()
		require.NoError(t, q.Close())
		require.ErrorContains(t, <-ended, "closed")
	})
}

func TestReceive_SaysWhichLaneIsUnknown(t *testing.T) {
	t.Parallel()
	q := memory.New(memory.Config{})
	_, err := q.Receive(t.Context(), "mail", 1, 0)
	require.ErrorContains(t, err, `"mail"`)
	require.ErrorContains(t, q.Send(t.Context(), queue.Message{Lane: "mail"}), `"mail"`)
}
