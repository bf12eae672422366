package postgres_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/postgres"
)

// connectToNobody gives the error of connecting to a server that takes the
// connection and does not answer.
func connectToNobody(t *testing.T) error {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, listener.Close()) })
	config, err := pgx.ParseConfig("postgres://ada@" + listener.Addr().String() + "/vedette?sslmode=disable")
	require.NoError(t, err)
	config.ConnectTimeout = 20 * time.Millisecond
	_, err = pgx.ConnectConfig(t.Context(), config)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	return err
}

func TestTranslate_R04_AServerThatDoesNotAnswerInTimeIsAway(t *testing.T) {
	t.Parallel()
	err := postgres.Translate(connectToNobody(t))
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), err)
	require.NotContains(t, err.Error(), "\n")
	ended := fmt.Errorf("read: %w", context.DeadlineExceeded)
	require.Equal(t, ended, postgres.Translate(ended), "the caller's own limit is the caller's")
}
