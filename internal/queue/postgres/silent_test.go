package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestQueue_IsUnavailableWhenItsServerFallsSilent(t *testing.T) {
	t.Parallel()
	line := testenv.NewLine(t, migrated.Postgres(t))
	q := open(t, line.Address, postgres.Config{AnswerTimeout: 3 * time.Second})

	line.FallSilent()
	// Nobody who asks says for how long to wait.
	_, err := q.Receive(t.Context(), queue.Executions, 1, time.Hour)
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "has not answered within 3s")
	err = q.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: 1})
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)

	line.Mend()
	require.Eventually(t, func() bool { return q.Ping(t.Context()) == nil }, time.Minute, 50*time.Millisecond, "on a new connection")
}
