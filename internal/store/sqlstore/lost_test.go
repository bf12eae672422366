package sqlstore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestBackoff_R74_DoublesUpToAnHour(t *testing.T) {
	t.Parallel()
	var minutes []int
	for before := range 10 {
		minutes = append(minutes, int(backoff(before)/time.Minute))
	}
	require.Equal(t, []int{0, 1, 2, 4, 8, 16, 32, 60, 60, 60}, minutes)
}

func TestEarliest_PassesOverWhatIsNeverDue(t *testing.T) {
	t.Parallel()
	early, late := time.Unix(1, 0), time.Unix(2, 0)
	require.Equal(t, early, earliest(early, late))
	require.Equal(t, early, earliest(late, early))
	require.Equal(t, late, earliest(time.Time{}, late))
	require.Equal(t, late, earliest(late, time.Time{}))
	require.Zero(t, earliest(time.Time{}, time.Time{}))
}
