package postgres_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestCommit_R01_NumberOfStatementsDoesNotGrowWithIssues(t *testing.T) {
	databases := &pool{t: t}
	storetest.RunCounts(t, func(t testing.TB) (store.Database, *storetest.Recorder, string) {
		t.Helper()
		address := databases.get()
		s, recorder := openRecording(t, address)
		return s, recorder, address
	})
}
