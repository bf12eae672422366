package storetest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// RunCounts shows that the number of statements of a run does not depend on the
// number of its issues (R01). The driver's store has to record to the recorder.
func RunCounts(t *testing.T, d Driver, recorder func() *Recorder) {
	t.Parallel()
	few, many := countStatements(t, d, recorder, 10), countStatements(t, d, recorder, 10_000)
	require.Equal(t, few, many)
	for name, n := range few {
		require.LessOrEqual(t, n, 12, name)
	}
}

// countStatements counts the statements of Commit as issues come, change and go.
func countStatements(t *testing.T, d Driver, recorder func() *Recorder, issues int) map[string]int {
	t.Helper()
	f := newFixture(t, d)
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
		recorder().Take()
		_, err := f.store.Commit(f.Context(), taken.Fence, loaded, ids, f.now, f.decide(step.changes...))
		require.NoError(t, err)
		counts[step.name] = len(recorder().Take())
	}
	CheckHistory(t, f.address)
	return counts
}
