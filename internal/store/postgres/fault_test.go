package postgres_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestFaults(t *testing.T) {
	storetest.RunFaults(t, func(t testing.TB, wrap func(sqlstore.Database) sqlstore.Database) (store.Database, string) {
		t.Helper()
		address := migrated.Postgres(t)
		s := open(t, address)
		s.Wrap(wrap)
		return s, address
	})
}
