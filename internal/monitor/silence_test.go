package monitor_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func at(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at.UTC()
}

func TestSilence_IsInForceFromItsStartToJustBeforeItsEnd(t *testing.T) {
	t.Parallel()
	start, end := at(t, "2026-11-24T10:00:00Z"), at(t, "2026-11-24T12:00:00Z")
	s := monitor.Silence{StartsAt: start, EndsAt: end}
	require.Equal(t, monitor.SilencePending, s.Status(start.Add(-1)))
	require.Equal(t, end, s.NextEnd(start.Add(-1)))
	require.True(t, s.Active(start))
	require.True(t, s.Active(end.Add(-1)))
	require.Equal(t, monitor.SilenceExpired, s.Status(end))
	require.Zero(t, s.NextEnd(end))

	s.ExpiredAt = start.Add(time.Hour)
	require.True(t, s.Active(s.ExpiredAt.Add(-1)))
	require.Equal(t, monitor.SilenceExpired, s.Status(s.ExpiredAt))
	s.ExpiredAt = start.Add(-time.Hour)
	require.Equal(t, monitor.SilenceExpired, s.Status(start.Add(-time.Hour)), "before it began")
	require.False(t, s.Active(start))
}

func TestSilence_R70_RecursInItsTimeZone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		every string
		lasts time.Duration
		now   string
		// from and to are the span that is in force, or the next.
		from, to string
	}{
		"winter":                        {"0 2 * * *", time.Hour, "2026-11-24T00:30:00Z", "2026-11-24T01:00:00Z", "2026-11-24T02:00:00Z"},
		"open":                          {"0 2 * * *", time.Hour, "2026-11-24T01:59:59Z", "2026-11-24T01:00:00Z", "2026-11-24T02:00:00Z"},
		"just over":                     {"0 2 * * *", time.Hour, "2026-11-24T02:00:00Z", "2026-11-25T01:00:00Z", "2026-11-25T02:00:00Z"},
		"summer":                        {"0 2 * * *", time.Hour, "2026-07-24T00:30:00Z", "2026-07-24T00:00:00Z", "2026-07-24T01:00:00Z"},
		"a time that spring leaves out": {"30 2 * * *", time.Hour, "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"},
		"across the change in spring":   {"0 1 * * *", 2 * time.Hour, "2026-03-28T22:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"},
		"across the change in autumn":   {"0 1 * * *", 3 * time.Hour, "2026-10-25T01:30:00Z", "2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z"},
		"the repeated hour, once":       {"30 2 * * *", 30 * time.Minute, "2026-10-25T01:00:00Z", "2026-10-26T01:30:00Z", "2026-10-26T02:00:00Z"},
		"over midnight":                 {"0 23 * * 5", 9 * time.Hour, "2026-11-28T03:00:00Z", "2026-11-27T22:00:00Z", "2026-11-28T07:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			window, err := monitor.NewSilenceWindow(c.every, "Europe/Berlin", c.lasts)
			require.NoError(t, err)
			s := monitor.Silence{StartsAt: at(t, "2026-01-01T00:00:00Z"), Window: window}
			from, to, ok := s.Span(at(t, c.now))
			require.True(t, ok)
			require.Equal(t, at(t, c.from), from)
			require.Equal(t, at(t, c.to), to)
			require.Equal(t, !from.After(at(t, c.now)), s.Active(at(t, c.now)))
		})
	}
}

func TestSilence_RecursWithinItsBounds(t *testing.T) {
	t.Parallel()
	window, err := monitor.NewSilenceWindow("0 2 * * *", "UTC", time.Hour)
	require.NoError(t, err)
	s := monitor.Silence{StartsAt: at(t, "2026-11-24T02:30:00Z"), EndsAt: at(t, "2026-11-26T02:15:00Z"), Window: window}
	span := func(now string) []time.Time {
		from, to, ok := s.Span(at(t, now))
		if !ok {
			return nil
		}
		return []time.Time{from, to}
	}
	require.Equal(t, []time.Time{s.StartsAt, at(t, "2026-11-24T03:00:00Z")}, span("2026-11-20T00:00:00Z"), "from within a window")
	require.Equal(t, []time.Time{at(t, "2026-11-25T02:00:00Z"), at(t, "2026-11-25T03:00:00Z")}, span("2026-11-24T03:00:00Z"))
	require.Equal(t, []time.Time{at(t, "2026-11-26T02:00:00Z"), s.EndsAt}, span("2026-11-25T03:00:00Z"), "to within a window")
	require.Nil(t, span("2026-11-26T02:15:00Z"))
	s.EndsAt = at(t, "2026-11-26T01:00:00Z")
	require.Nil(t, span("2026-11-25T03:00:00Z"), "no window is left before its end")
	require.Equal(t, monitor.SilenceExpired, s.Status(at(t, "2026-11-25T03:00:00Z")))
}

func TestNewSilenceWindow_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		every, zone string
		lasts       time.Duration
		want        string
	}{
		{"0 25 * * *", "UTC", time.Hour, `every: cron "0 25 * * *": hour "25"`},
		{"0 2 * * *", "Europe/Berln", time.Hour, `zone: "Europe/Berln" is not the name of a time zone`},
		{"0 2 * * *", "", time.Hour, `zone: ""`},
		{"0 2 * * *", "Local", time.Hour, `zone: "Local"`},
		{"0 2 * * *", "UTC", time.Second, "for: windows have to last from 1m to 31 days"},
		{"0 2 1 * *", "UTC", 32 * 24 * time.Hour, "for: windows have to last from 1m to 31 days"},
		{"0 * * * *", "UTC", 90 * time.Minute, "for: the windows overlap: the next begins after 1h and each lasts 90m"},
	} {
		_, err := monitor.NewSilenceWindow(c.every, c.zone, c.lasts)
		require.ErrorContains(t, err, c.want)
	}
	_, err := monitor.NewSilenceWindow("0 0 * * *", "Europe/Berlin", 24*time.Hour)
	require.NoError(t, err, "in whatever season it is asked for")
}

func TestSilenceMatch_AsksForAllOfIt(t *testing.T) {
	t.Parallel()
	subject := monitor.SilenceSubject{
		Monitor: "orders", Labels: map[string]string{"team": "shop", "tier": "1"}, Priority: monitor.Moderate, ActiveIssues: 2, Issues: []int64{7},
	}
	for name, c := range map[string]struct {
		match monitor.SilenceMatch
		want  bool
	}{
		"nothing":         {monitor.SilenceMatch{}, false},
		"everything":      {monitor.SilenceMatch{Everything: true}, true},
		"monitor":         {monitor.SilenceMatch{Monitor: "orders"}, true},
		"other monitor":   {monitor.SilenceMatch{Monitor: "order"}, false},
		"labels":          {monitor.SilenceMatch{Labels: map[string]string{"team": "shop", "tier": "1"}}, true},
		"one label wrong": {monitor.SilenceMatch{Labels: map[string]string{"team": "shop", "tier": "2"}}, false},
		"label not there": {monitor.SilenceMatch{Labels: map[string]string{"city": ""}}, false},
		"same priority":   {monitor.SilenceMatch{Priority: monitor.Moderate}, true},
		"less important":  {monitor.SilenceMatch{Priority: monitor.High}, true},
		"more important":  {monitor.SilenceMatch{Priority: monitor.Low}, false},
		"issue":           {monitor.SilenceMatch{IssueID: 7}, true},
		"other issue":     {monitor.SilenceMatch{IssueID: 8}, false},
		"all but one":     {monitor.SilenceMatch{Monitor: "orders", Priority: monitor.Low}, false},
	} {
		require.Equal(t, c.want, c.match.Matches(&subject), name)
	}
}

func TestSilencedBy_OneForTheWholeOrOneForEachIssue(t *testing.T) {
	t.Parallel()
	silence := func(id int64, match monitor.SilenceMatch) monitor.Silence {
		return monitor.Silence{ID: id, Match: match}
	}
	whole := silence(1, monitor.SilenceMatch{Monitor: "orders"})
	first, again, second := silence(2, monitor.SilenceMatch{IssueID: 7}), silence(3, monitor.SilenceMatch{IssueID: 7}), silence(4, monitor.SilenceMatch{IssueID: 8})
	other := silence(5, monitor.SilenceMatch{Monitor: "letters"})
	subject := monitor.SilenceSubject{Monitor: "orders", Priority: monitor.Low, ActiveIssues: 2, Issues: []int64{7, 8}}
	by := func(silences ...monitor.Silence) []int64 { return monitor.SilencedBy(silences, &subject) }
	require.Empty(t, by())
	require.Empty(t, by(other, first))
	require.Empty(t, by(first, again), "the same issue twice")
	require.Equal(t, []int64{2, 4}, by(first, second, other))
	require.Equal(t, []int64{1}, by(whole, first))
	require.Equal(t, []int64{1, 2, 4}, by(whole, first, second))
}
