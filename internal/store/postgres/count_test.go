package postgres_test

import (
	"testing"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

func TestCommit_R01_NumberOfStatementsDoesNotGrowWithIssues(t *testing.T) {
	storetest.RunCounts(t, func(t testing.TB) (store.Database, *storetest.Recorder, string) {
		t.Helper()
		address := migrated.Postgres(t)
		s, recorder := openRecording(t, address)
		return s, recorder, address
	})
}
