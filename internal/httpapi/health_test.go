package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestHealth_ReadyOnceEverythingIsThere(t *testing.T) {
	t.Parallel()
	loaded := errors.New("still loading")
	w := newWorld(t, func(w *world) {
		w.deps.Checks = []Check{
			{Name: "database", Do: w.store.Ping},
			{Name: "monitors", Do: func(context.Context) error { return loaded }},
		}
	})
	require.Equal(t, 200, w.send("GET", "/livez", "").status)
	got := w.send("GET", "/readyz", "")
	require.Equal(t, 503, got.status)
	require.JSONEq(t, `{"status":"not_ready","components":[
		{"name":"database","status":"ok","error":""},
		{"name":"monitors","status":"failing","error":"still loading"}]}`, got.body)
	status, err := w.client.Status(t.Context())
	require.NoError(t, err)
	require.Equal(t, "degraded", status.Status)

	loaded = nil
	require.Equal(t, 200, w.send("GET", "/readyz", "").status)
	require.Equal(t, 200, w.send("HEAD", "/readyz", "").status)
	status, err = w.client.Status(t.Context())
	require.NoError(t, err)
	require.Equal(t, "ok", status.Status)
}

func TestHealth_AHangingCheckFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := &health{checks: []Check{
			{Name: "database", Do: func(ctx context.Context) error {
				<-ctx.Done()
				return ctx.Err()
			}},
			{Name: "queue", Do: func(context.Context) error { return nil }},
		}}
		components, ok := h.components(t.Context())
		require.False(t, ok)
		require.Equal(t, []client.Component{
			{Name: "database", Status: "failing", Error: "no answer within 2s"},
			{Name: "queue", Status: "ok"},
		}, components)
	})
}

func TestHealth_OnlyHealth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.deps.Store = nil
		w.config = Config{Address: "127.0.0.1:0", HealthOnly: true, Auth: AuthToken}
	})
	require.Equal(t, 200, w.send("GET", "/readyz", "").status)
	require.Equal(t, 200, w.send("GET", "/metrics", "").status)
	for _, path := range []string{"/", "/status", "/api/v1/monitors", "/api/openapi.json"} {
		require.Equal(t, 404, w.send("GET", path, "").status, path)
	}
	require.Equal(t, 405, w.send("POST", "/livez", "").status)
}

func TestMetrics_AreOfBoundedNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	for _, path := range []string{"/api/v1/monitors/orders", "/api/v1/monitors/gone", "/api/v1/alerts/1", "/wp-login.php", "/x/y/z"} {
		w.send("GET", path, "")
	}
	w.send("BREW", "/coffee", "")
	text := w.send("GET", "/metrics", "").body
	require.Contains(t, text, `vedette_http_requests_total{method="GET",route="/api/v1/monitors/{name}",status="200"} 1`)
	require.Contains(t, text, `vedette_http_requests_total{method="GET",route="/api/v1/monitors/{name}",status="404"} 1`)
	require.Contains(t, text, `vedette_http_requests_total{method="GET",route="unmatched",status="404"} 2`)
	require.Contains(t, text, `vedette_http_request_duration_seconds_bucket{method="GET",route="/api/v1/alerts/{id}"`)
	require.NotContains(t, text, "wp-login")
	require.NotContains(t, text, "BREW")
}

func TestStatus_Counts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.deps.Problems = func() map[string]monitor.Diagnostics {
			return map[string]monitor.Diagnostics{"broken": {{File: "monitor.star", Line: 1, Column: 2, Message: "no", Severity: monitor.SeverityError}}}
		}
	})
	w.find("orders", w.register("orders"), "7", "8", "9")
	w.register("payments")
	_, err := w.store.ClaimDue(t.Context(), w.store.Now(), w.store.Now().Location(), 10)
	require.NoError(t, err)

	status, err := w.client.Status(t.Context())
	require.NoError(t, err)
	require.Equal(t, "v1.2.3", status.Version)
	require.Equal(t, 2, status.Monitors.Total)
	require.Equal(t, 2, status.Monitors.Enabled)
	require.Equal(t, 3, status.Issues.Active)
	require.Equal(t, 1, status.Alerts.Active)
	require.Equal(t, map[string]int{"high": 1}, status.Alerts.ByPriority)
	require.Equal(t, 1, status.Executions.Queued)
	require.NotNil(t, status.Executions.OldestQueuedAt)
	require.Equal(t, 1, status.Executors)
	require.Len(t, status.Problems["broken"], 1)

	var text struct {
		Now string `json:"now"`
	}
	require.NoError(t, json.Unmarshal([]byte(w.send("GET", "/status", "").body), &text))
	require.Regexp(t, `Z$`, text.Now)
}

func TestHealth_ManyWhoAskCostNoMoreThanOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		checked := 0
		release := make(chan struct{})
		h := &health{checks: []Check{{Name: "queue", Do: func(context.Context) error {
			checked++
			<-release
			return errors.New("away")
		}}}}
		leaver, leave := context.WithCancel(t.Context())
		var group sync.WaitGroup
		for i := range 50 {
			ctx := t.Context()
			if i == 0 {
				ctx = leaver
			}
			group.Go(func() {
				components, ok := h.components(ctx)
				require.False(t, ok)
				require.Equal(t, []client.Component{{Name: "queue", Status: "failing", Error: "away"}}, components, "whoever goes takes nobody along")
			})
			synctest.Wait()
		}
		leave()
		close(release)
		group.Wait()
		require.Equal(t, 1, checked)
		_, ok := h.components(t.Context())
		require.False(t, ok)
		require.Equal(t, 2, checked, "nothing is remembered")
	})
}
