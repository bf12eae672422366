package sqlite_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestCommit_R01_NumberOfStatementsDoesNotGrowWithIssues(t *testing.T) {
	var recorder *storetest.Recorder
	storetest.RunCounts(t, storetest.Driver{Open: func(t testing.TB) (store.Database, string) {
		t.Helper()
		path := copyMigrated(t)
		s := open(t, path)
		s.Wrap(func(d sqlstore.Database) sqlstore.Database {
			recorder = storetest.Record(d)
			return recorder
		})
		return s, path
	}}, func() *storetest.Recorder { return recorder })
}
