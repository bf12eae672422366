package monitor_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	location, err := time.LoadLocation(name)
	require.NoError(tb, err)
	return location
}

func parseCron(tb testing.TB, expr string, location *time.Location) monitor.Cron {
	tb.Helper()
	c, err := monitor.ParseCron(expr, location)
	require.NoError(tb, err)
	return c
}

// times lists the next n times after from, as the clock in its zone shows them.
func times(c monitor.Cron, from time.Time, n int) []string {
	shown := make([]string, 0, n)
	for range n {
		from = c.Next(from)
		shown = append(shown, from.Format("02 15:04 -0700"))
	}
	return shown
}

func TestCron_R70_TheClockChangesWithoutLosingOrDoublingRuns(t *testing.T) {
	t.Parallel()
	const layout = "2006-01-02 15:04"
	for _, test := range []struct{ name, zone, expr, from, want string }{
		{"spring skips a time of day", "Europe/Berlin", "30 2 * * *", "2026-03-28 12:00", "29 03:00 +0200, 30 02:30 +0200"},
		{"spring skips several times, one run", "Europe/Berlin", "*/20 2 * * *", "2026-03-28 12:00", "29 03:00 +0200, 30 02:00 +0200"},
		{"spring skips a time and the hour after has its own", "Europe/Berlin", "30 2,3 * * *", "2026-03-28 12:00", "29 03:00 +0200, 29 03:30 +0200, 30 02:30 +0200"},
		{"spring, every second hour", "Europe/Berlin", "0 */2 * * *", "2026-03-29 00:00", "29 03:00 +0200, 29 04:00 +0200"},
		{"spring, rhythm", "Europe/Berlin", "*/15 * * * *", "2026-03-29 01:40", "29 01:45 +0100, 29 03:00 +0200, 29 03:15 +0200"},
		{"spring, hourly", "Europe/Berlin", "30 * * * *", "2026-03-29 00:40", "29 01:30 +0100, 29 03:30 +0200, 29 04:30 +0200"},
		{"autumn repeats a time of day", "Europe/Berlin", "30 2 * * *", "2026-10-24 12:00", "25 02:30 +0200, 26 02:30 +0100"},
		{"autumn, end of the repeated hour", "Europe/Berlin", "0,30 2,3 * * *", "2026-10-25 01:00", "25 02:00 +0200, 25 02:30 +0200, 25 03:00 +0100"},
		{"autumn, rhythm", "Europe/Berlin", "*/30 * * * *", "2026-10-25 01:40", "25 02:00 +0200, 25 02:30 +0200, 25 02:00 +0100, 25 02:30 +0100, 25 03:00 +0100"},
		{"spring", "America/New_York", "15 2 * * 0", "2026-03-07 12:00", "08 03:00 -0400, 15 02:15 -0400"},
		{"autumn", "America/New_York", "15 1 * * *", "2026-10-31 12:00", "01 01:15 -0400, 02 01:15 -0500"},
		{"autumn, rhythm", "America/New_York", "0 * * * *", "2026-11-01 00:10", "01 01:00 -0400, 01 01:00 -0500, 01 02:00 -0500"},
		{"half an hour skipped", "Australia/Lord_Howe", "15 2 * * *", "2026-10-03 12:00", "04 02:30 +1100, 05 02:15 +1100"},
		{"half an hour shifts the rhythm", "Australia/Lord_Howe", "0 * * * *", "2026-10-04 00:10", "04 01:00 +1030, 04 02:30 +1100, 04 03:00 +1100"},
		{"half an hour keeps the rhythm", "Australia/Lord_Howe", "*/30 * * * *", "2026-10-04 01:10", "04 01:30 +1030, 04 02:30 +1100, 04 03:00 +1100"},
		{"half an hour repeated", "Australia/Lord_Howe", "45 1 * * *", "2026-04-04 12:00", "05 01:45 +1100, 06 01:45 +1030"},
		{"half an hour repeated, rhythm", "Australia/Lord_Howe", "*/15 * * * *", "2026-04-05 01:20", "05 01:30 +1100, 05 01:45 +1100, 05 01:30 +1030, 05 01:45 +1030, 05 02:00 +1030"},
		{"midnight skipped", "America/Sao_Paulo", "0 0 * * *", "2018-11-03 12:00", "04 01:00 -0200, 05 00:00 -0200"},
		{"a whole day skipped", "Pacific/Apia", "0 12 30 12 *", "2011-12-29 12:00", "31 00:00 +1400, 30 12:00 +1400"},
		{"a whole day skipped, rhythm", "Pacific/Apia", "0 * 30 12 *", "2011-12-29 12:00", "31 00:00 +1400, 30 00:00 +1400"},
	} {
		t.Run(test.zone+", "+test.name, func(t *testing.T) {
			t.Parallel()
			location := zone(t, test.zone)
			from, err := time.ParseInLocation(layout, test.from, location)
			require.NoError(t, err)
			var want []string
			for i := 0; i < len(test.want); i += len("29 03:00 +0200, ") {
				want = append(want, test.want[i:i+len("29 03:00 +0200")])
			}
			require.Equal(t, want, times(parseCron(t, test.expr, location), from, len(want)))
		})
	}
}

// A claim may happen at any moment; what is due next may not depend on it.
func TestCron_R70_NextIsTheFirstOfAllTimes(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"} {
		location := zone(t, name)
		for _, expr := range []string{"*/15 * * * *", "30 2 * * *", "0 */3 * * *", "45 1,2,3 * * *", "20 0 1,15 * *", "0 * * * *", "10 30 1 * * *"} {
			c := parseCron(t, expr, location)
			at := time.Date(2026, time.January, 1, 0, 0, 0, 0, location)
			due := c.Next(at)
			for ; at.Year() == 2026; at = at.Add(41*time.Minute + 13*time.Second + time.Millisecond) {
				for !due.After(at) {
					next := c.Next(due)
					require.True(t, next.After(due), "%s: %s is followed by %s", expr, due, next)
					due = next
				}
				require.Equal(t, due, c.Next(at), "%s after %s", expr, at)
			}
		}
	}
}

func TestCron_R70_RunsOncePerDay(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"} {
		location := zone(t, name)
		for _, expr := range []string{"30 1 * * *", "15 2 * * *", "0 3 * * *"} {
			c := parseCron(t, expr, location)
			due := time.Date(2025, time.December, 31, 23, 0, 0, 0, location)
			for day := 1; day <= 365; day++ {
				due = c.Next(due)
				require.Equal(t, day, due.YearDay(), "%s in %s", expr, name)
			}
		}
	}
}

func TestCron_NextIsFarAway(t *testing.T) {
	t.Parallel()
	c := parseCron(t, "0 0 29 2 *", time.UTC)
	require.Equal(t, time.Date(2104, time.February, 29, 0, 0, 0, 0, time.UTC),
		c.Next(time.Date(2096, time.February, 29, 12, 0, 0, 0, time.UTC)))
	require.Equal(t, time.Date(2104, time.February, 29, 0, 0, 0, 0, zone(t, "Europe/Berlin")),
		parseCron(t, "0 * 29 2 *", zone(t, "Europe/Berlin")).Next(time.Date(2096, time.March, 1, 0, 0, 0, 0, time.UTC)))
}

func TestCron_ZeroIsNeverDue(t *testing.T) {
	t.Parallel()
	require.Zero(t, monitor.Cron{}.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
}

func TestCron_LeavesNoFractionOfASecond(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, time.January, 1, 0, 0, 0, 1, time.UTC)
	require.Equal(t, time.Date(2026, time.January, 1, 0, 1, 0, 0, time.UTC), parseCron(t, "* * * * *", time.UTC).Next(from))
	require.Equal(t, time.Date(2026, time.January, 1, 0, 0, 1, 0, time.UTC), parseCron(t, "* * * * * *", time.UTC).Next(from))
}

func BenchmarkCron(b *testing.B) {
	location := zone(b, "Europe/Berlin")
	from := time.Date(2026, time.June, 1, 12, 3, 7, 0, time.UTC)
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			_, err := monitor.ParseCron("*/15 * * * *", location)
			require.NoError(b, err)
		}
	})
	for name, expr := range map[string]string{"next in rhythm": "*/15 * * * *", "next time of day": "30 2 * * 1-5"} {
		c := parseCron(b, expr, location)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.Next(from)
			}
		})
	}
}
