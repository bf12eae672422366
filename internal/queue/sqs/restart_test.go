package sqs_test

import (
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestQueue_GoesOnWhenTheServerWasStartedAnew(t *testing.T) {
	t.Parallel()
	settings := fresh(t)
	server, err := testenv.StartSQS(t.Context(), 0)
	require.NoError(t, err)
	settings.Endpoint = server.URL
	q := open(t, settings)
	require.NoError(t, q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: 1}))

	require.NoError(t, server.Stop())
	require.Error(t, q.Ping(t.Context()))
	address, err := url.Parse(server.URL)
	require.NoError(t, err)
	port, err := strconv.Atoi(address.Port())
	require.NoError(t, err)
	server, err = testenv.StartSQS(t.Context(), port)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })

	want := queue.Message{Lane: queue.Executions, ID: 2}
	insist(t, func() error { return q.Send(t.Context(), want) })
	got, err := q.Receive(t.Context(), queue.Executions, 10, time.Minute)
	require.NoError(t, err)
	require.Len(t, got, 1, "what the server forgot with its queues is gone")
	require.Equal(t, want, got[0].Message)
	insist(t, func() error {
		_, err := q.Receive(t.Context(), queue.Deliveries, 10, 0)
		return err
	})
}

// insist repeats what fails until it works.
func insist(t *testing.T, do func() error) {
	t.Helper()
	require.Eventually(t, func() bool { return do() == nil }, time.Minute, 10*time.Millisecond)
}
