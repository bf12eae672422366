package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestSchema(t *testing.T) {
	storetest.RunSchema(t, storetest.Schema{
		Open: func(t testing.TB) (store.Database, string) {
			t.Helper()
			address := "sqlite://" + filepath.Join(t.TempDir(), "empty.db")
			return open(t, address), address
		},
		Exec: func(t testing.TB, address, statement string) {
			t.Helper()
			db, err := sql.Open("sqlite", strings.TrimPrefix(address, "sqlite://"))
			require.NoError(t, err)
			_, err = db.ExecContext(t.Context(), statement)
			require.NoError(t, err)
			require.NoError(t, db.Close())
		},
		Tables: func(t testing.TB, address string) []string {
			t.Helper()
			return storetest.Names(t, address, `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
		},
	})
}
