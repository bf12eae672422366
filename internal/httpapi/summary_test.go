package httpapi

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func TestSummary_CountsAlertsAndMonitors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	empty, err := w.client.Summary(t.Context())
	require.NoError(t, err)
	require.Len(t, empty.Alerts.ByPriority, 5)
	require.Equal(t, client.HealthCounts{}, empty.Monitors)

	w.register("new")
	w.find("fine", w.register("fine"))
	w.find("acked", w.register("acked"), "1")
	_, err = w.client.Acknowledge(t.Context(), w.onlyAlert(client.AlertFilter{Monitor: "acked"}).ID, "")
	require.NoError(t, err)
	w.find("loud", w.register("loud"), "1", "2", "3")
	w.find("silent", w.register("silent"), "1", "2", "3")
	_, err = w.client.CreateSilence(t.Context(), client.SilenceRequest{Monitor: "silent", For: "1h", Comment: "deploy"})
	require.NoError(t, err)
	_, err = w.client.Disable(t.Context(), "fine", "")
	require.NoError(t, err)

	got, err := w.client.Summary(t.Context())
	require.NoError(t, err)
	require.WithinDuration(t, w.store.Now(), got.Now, time.Hour)
	require.Equal(t, client.AlertCounts{Active: 3, Unacknowledged: 2, Silenced: 1, Waiting: 1}, got.Alerts.AlertCounts)
	require.Equal(t, client.PriorityCounts{Priority: 1, Name: "critical"}, got.Alerts.ByPriority[0])
	require.Equal(t, client.PriorityCounts{Priority: 2, Name: "high", AlertCounts: client.AlertCounts{
		Active: 2, Unacknowledged: 2, Silenced: 1, Waiting: 1,
	}}, got.Alerts.ByPriority[1])
	require.Equal(t, client.AlertCounts{Active: 1}, got.Alerts.ByPriority[3].AlertCounts)
	require.Equal(t, 7, got.Issues.Active)
	require.Equal(t, client.HealthCounts{Total: 5, Violating: 3, Unknown: 1, Disabled: 1}, got.Monitors)
}
