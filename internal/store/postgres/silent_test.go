package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestStore_IsUnavailableWhenItsServerFallsSilent(t *testing.T) {
	t.Parallel()
	l := testenv.NewLine(t, testenv.Postgres(t))
	s := open(t, l.Address)
	s.SetPatience(200 * time.Millisecond)
	require.NoError(t, s.Up(t.Context(), 0))

	l.FallSilent()
	// Nobody who asks says for how long to wait.
	_, err := s.Take(t.Context(), "somebody", 0, s.Now())
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "has not answered within 200ms")
	_, err = s.ClaimDue(t.Context(), s.Now(), time.UTC, 10)
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)

	l.Mend()
	s.SetPatience(time.Minute)
	require.NoError(t, s.Ping(t.Context()), "on a new connection")
}

func TestOpen_SaysThatTheServerFallsSilentAfterTheLogin(t *testing.T) {
	t.Parallel()
	l := testenv.NewLine(t, testenv.Postgres(t))
	l.AfterLogin = true
	_, err := postgres.Open(t.Context(), monitor.NewSecret(l.Address), store.Config{PoolSize: 1})
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err), "%v", err)
	require.ErrorContains(t, err, "lets us in, and then has not answered")
}
