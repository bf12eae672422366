package httpapi

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// race has several people put different content, all on the same condition, and
// gives the version number of the one who won.
func (w *world) race(match string) int {
	w.Helper()
	const people = 8
	errs, won := make([]error, people), make([]int, people)
	var group sync.WaitGroup
	for i := range people {
		group.Go(func() {
			registered, err := w.client.PutMonitor(w.Context(), "orders", upload(fmt.Sprintf("%s# %d after %s", ordersCode, i, match)), match)
			errs[i], won[i] = err, registered.Version
		})
	}
	group.Wait()
	winner := 0
	for i, err := range errs {
		if err != nil {
			w.code(monitor.CodeStale, "orders", err)
			continue
		}
		require.Zero(w, winner, "one wins")
		winner = won[i]
	}
	require.NotZero(w, winner, "somebody wins")
	return winner
}

func TestPut_OfThoseWhoChangeTheSameOneWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, 1, w.race(""))
	made, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, 2, w.race(made.ETag))
	_, err = w.client.DeleteMonitor(t.Context(), "orders", "", "")
	require.NoError(t, err)
	require.Equal(t, 1, w.race(""))
}
