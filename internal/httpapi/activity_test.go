package httpapi

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestActivity_CountsByTheHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("quiet")
	w.find("orders", w.register("orders"), "1", "2", "3")
	got, err := w.client.Activity(t.Context(), client.ActivityQuery{})
	require.NoError(t, err)
	require.Equal(t, 24, got.Buckets)
	require.Equal(t, 3600, got.Step)
	require.Zero(t, got.From.Unix()%3600)
	require.Equal(t, 24*time.Hour, got.To.Sub(got.From))
	require.False(t, got.Now.Before(got.To.Add(-time.Hour)))
	require.True(t, got.Now.Before(got.To))
	require.Len(t, got.Monitors, 1)
	orders := got.Monitors[0]
	require.Equal(t, "orders", orders.Monitor)
	for _, numbers := range [][]int{orders.Active, orders.Created, orders.Solved, orders.Dropped} {
		require.Len(t, numbers, 24)
		require.Zero(t, numbers[0])
	}
	require.Equal(t, 3, orders.Active[23])
	created := 0
	for _, n := range orders.Created {
		created += n
	}
	require.Equal(t, 3, created)
}

func TestActivity_LeavesOutWhatHasNotBegun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	from := w.store.Now().Add(-90 * time.Minute)
	got, err := w.client.Activity(t.Context(), client.ActivityQuery{Monitor: "orders", From: from, Step: time.Hour, Buckets: 400})
	require.NoError(t, err)
	require.WithinDuration(t, from, got.From, time.Microsecond)
	require.Equal(t, 2, got.Buckets)
	require.Equal(t, []client.MonitorActivity{
		{Monitor: "orders", Active: []int{0, 1}, Created: []int{0, 1}, Solved: []int{0, 0}, Dropped: []int{0, 0}},
	}, got.Monitors)
}

func TestActivity_OfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("quiet")
	got, err := w.client.Activity(t.Context(), client.ActivityQuery{Monitor: "quiet"})
	require.NoError(t, err)
	require.Empty(t, got.Monitors)
	_, err = w.client.Activity(t.Context(), client.ActivityQuery{Monitor: "nobody"})
	w.code(monitor.CodeNotFound, `"nobody"`, err)
}

func TestActivity_RefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for query, says := range map[string]string{
		"buckets=401": "query.buckets", "buckets=0": "query.buckets", "step=0": "query.step", "step=2678401": "query.step",
		"step=1h": "query.step", "from=yesterday": "query.from", "from=" + url.QueryEscape(time.Now().Add(time.Hour).Format(time.RFC3339)): "lies in the future",
		"from=1969-12-31T00:00:00Z": "before 1970",
	} {
		got := w.send("GET", "/api/v1/activity?"+query, "")
		require.Equal(t, 422, got.status, query)
		require.Contains(t, got.body, says, query)
	}
}
