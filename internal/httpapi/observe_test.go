package httpapi

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/store"
)

// waiting is a store that has an answer for nobody who does not go away.
type waiting struct {
	store.Database
	asked chan struct{}
}

func (w waiting) Monitor(ctx context.Context, _ string) (store.MonitorView, error) {
	close(w.asked)
	<-ctx.Done()
	return store.MonitorView{}, ctx.Err()
}

func TestObserved_WhoGoesAwayIsNoTroubleOfOurs(t *testing.T) {
	t.Parallel()
	var log logbook
	asked := make(chan struct{})
	w := newWorld(t, func(w *world) {
		w.deps.Store = waiting{w.store, asked}
		w.deps.Logger = log.logger()
	})
	ctx, leave := context.WithCancel(t.Context())
	go func() {
		<-asked
		leave()
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+"/api/v1/monitors/orders", nil)
	require.NoError(t, err)
	_, err = w.http.Do(request) //nolint:bodyclose // there is none
	require.ErrorIs(t, err, context.Canceled)

	line := func() string {
		for line := range strings.Lines(log.String()) {
			if strings.Contains(line, "msg=request") {
				return line
			}
		}
		return ""
	}
	require.Eventually(t, func() bool { return line() != "" }, time.Minute, 10*time.Millisecond)
	require.Contains(t, line(), "level=DEBUG")
	require.Contains(t, line(), "status=499")
	require.Contains(t, w.send("GET", "/metrics", "").body, `vedette_http_requests_total{method="GET",route="/api/v1/monitors/{name}",status="499"} 1`)
}
