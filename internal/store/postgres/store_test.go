package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/postgres"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Driver{
		Open: openFresh,
		Again: func(t testing.TB, address string) store.Database {
			t.Helper()
			return open(t, address)
		},
	})
}

func openFresh(t testing.TB) (store.Database, string) {
	t.Helper()
	address := testenv.Postgres(t)
	s := open(t, address)
	require.NoError(t, s.Up(t.Context(), 0))
	return s, address
}

func open(t testing.TB, address string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), monitor.NewSecret(address), store.Config{PoolSize: 4})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
