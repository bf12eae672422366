package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
)

func TestEdition_IsAnotherOnceATransactionCommitsThatBeganEarlier(t *testing.T) {
	t.Parallel()
	s, address := (&pool{t: t}).open(t)
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	tx, err := conn.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), "insert into leases (name, holder, expires_at) values ('early', 'x', now())")
	require.NoError(t, err)
	// What comes later overtakes it.
	_, err = s.AcquireLease(t.Context(), "late", "x", s.Now(), s.Now())
	require.NoError(t, err)

	before, err := s.Edition(t.Context(), s.Now())
	require.NoError(t, err)
	_, err = s.Monitors(t.Context(), store.MonitorFilter{}, store.Page{Limit: 1})
	require.NoError(t, err)
	require.NoError(t, tx.Commit(t.Context()))
	after, err := s.Edition(t.Context(), s.Now())
	require.NoError(t, err)
	require.NotEqual(t, before, after)
	require.NoError(t, conn.Close(t.Context()))
}
