package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/storetest"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestSchema(t *testing.T) {
	storetest.RunSchema(t, storetest.Schema{
		Open: func(t testing.TB) (store.Database, string) {
			t.Helper()
			address := testenv.Postgres(t)
			return open(t, address), address
		},
		Again: func(t testing.TB, address string) store.Database {
			t.Helper()
			return open(t, address)
		},
		Exec: func(t testing.TB, address, statement string) {
			t.Helper()
			require.NoError(t, testenv.Exec(t.Context(), address, statement))
		},
		Tables: func(t testing.TB, address string) []string {
			t.Helper()
			return storetest.Names(t, address, `select cast(table_name as text) from information_schema.tables where table_schema = 'public' order by table_name`)
		},
	})
}
