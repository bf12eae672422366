package postgres_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestCommit_R01_NumberOfStatementsDoesNotGrowWithIssues(t *testing.T) {
	databases := &pool{t: t}
	var recorder *storetest.Recorder
	storetest.RunCounts(t, storetest.Driver{Open: func(t testing.TB) (store.Database, string) {
		t.Helper()
		address := databases.get()
		s := open(t, address)
		s.Wrap(func(d sqlstore.Database) sqlstore.Database {
			recorder = storetest.Record(d)
			return recorder
		})
		return s, address
	}}, func() *storetest.Recorder { return recorder })
}
