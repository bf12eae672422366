package sqlstore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestAdvance_R73_ACronThatCannotBeReadStopsNobodyElse(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	due := func(cron string) claim {
		return claim{
			schedule: schedule{searchCron: cron, Schedule: monitor.Schedule{NextSearchAt: now}},
			tasks:    monitor.TaskSearch,
		}
	}
	claims := []claim{due("from a newer version"), due("0 * * * *")}
	err := advance(claims, newCrons(time.UTC), now)
	require.Error(t, err)
	require.Equal(t, now.Add(time.Hour), claims[0].NextSearchAt, "put off")
	require.Equal(t, now.Add(time.Hour), claims[1].NextSearchAt)
	require.Equal(t, now, claims[1].lastSearchAt)
	require.Zero(t, claims[1].NextUpdateAt)
}

func TestRecompute_R76_ACronThatCannotBeReadStopsNobodyElse(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	later := now.Add(10 * time.Minute)
	moved := []schedule{
		{searchCron: "from a newer version", Schedule: monitor.Schedule{NextSearchAt: later}},
		{searchCron: "0 * * * *", Schedule: monitor.Schedule{NextSearchAt: later}},
	}
	require.Error(t, recompute(moved, newCrons(time.UTC), now))
	require.Equal(t, later, moved[0].NextSearchAt, "as it was")
	require.Equal(t, now.Add(time.Hour), moved[1].NextSearchAt)
}
