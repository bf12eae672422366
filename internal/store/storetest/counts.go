package storetest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/testenv"
)

// RunCounts shows that the number of statements of a run does not depend on the
// number of its issues (R01). The store has to record its statements.
func RunCounts(t *testing.T, open func(testing.TB) (store.Database, *Recorder, string)) {
	t.Parallel()
	few, many := countStatements(t, open, 10), countStatements(t, open, testenv.Many(1000, 10_000))
	require.Equal(t, few, many)
	for name, n := range few {
		require.LessOrEqual(t, n, 12, name)
	}
}

// countStatements counts the statements of Commit as issues come, change and go.
func countStatements(t *testing.T, open func(testing.TB) (store.Database, *Recorder, string), issues int) map[string]int {
	t.Helper()
	database, recorder, address := open(t)
	f := newFixture(t, Driver{Open: func(testing.TB) (store.Database, string) { return database, address }})
	ids := make([]string, issues)
	for i := range ids {
		ids[i] = fmt.Sprintf("order-%d", i)
	}
	f.register("orders")
	counts := map[string]int{}
	for _, step := range []struct {
		name    string
		changes []func(*planning)
	}{
		{"create", []func(*planning){creating(ids...)}},
		{"update", []func(*planning){updating(`{"id":"x","n":2}`)}},
		{"update and react", []func(*planning){reacting, updating(`{"id":"x","n":3}`)}},
		{"solve", []func(*planning){solving}},
		{"create without alert", []func(*planning){unlinked(ids...)}},
		{"link", []func(*planning){linking}},
		{"nothing", nil},
	} {
		taken := f.taken("orders")
		loaded := f.load(taken.Fence)
		recorder.Take()
		_, err := f.store.Commit(f.Context(), taken.Fence, loaded, ids, f.now, f.decide(step.changes...))
		require.NoError(t, err)
		counts[step.name] = len(recorder.Take())
	}
	CheckInvariants(t, f.address)
	return counts
}
