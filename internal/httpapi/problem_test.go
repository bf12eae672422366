package httpapi

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// broken is a store whose reads of monitors fail, and whose changes do.
type broken struct {
	store.Database
	read, change error
	panics       any
}

func (b *broken) Monitors(ctx context.Context, f store.MonitorFilter, page store.Page) ([]store.MonitorView, error) {
	if b.panics != nil {
		panic(b.panics)
	}
	if b.read != nil {
		return nil, b.read
	}
	return b.Database.Monitors(ctx, f, page)
}

func (b *broken) Change(context.Context, store.Scope, time.Time, func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error) {
	return monitor.Plan{}, b.change
}

func TestProblem_EachCodeHasItsStatus(t *testing.T) {
	t.Parallel()
	var log logbook
	b := &broken{}
	w := newWorld(t, func(w *world) {
		b.Database = w.store
		w.deps.Store = b
		w.deps.Logger = log.logger()
	})
	w.register("orders")
	for code, status := range map[monitor.Code]int{
		monitor.CodeInvalid:     422,
		monitor.CodeNotFound:    404,
		monitor.CodeConflict:    409,
		monitor.CodeStale:       412,
		monitor.CodeForbidden:   403,
		monitor.CodeUnavailable: 503,
		monitor.CodeSchema:      503,
		monitor.CodeFenced:      500,
		monitor.CodeInternal:    500,
	} {
		b.read = fmt.Errorf("list: %w", monitor.Errorf(code, "the detail of %s", code))
		got := w.send("GET", "/api/v1/monitors", "")
		require.Equal(t, status, got.status, code)
		require.Equal(t, "application/problem+json", got.header.Get("Content-Type"))
		if status == 500 {
			require.NotContains(t, got.body, "the detail", "what is our own fault is not shown")
			require.Contains(t, got.body, got.header.Get(requestIDHeader))
			require.Contains(t, log.String(), "the detail of "+string(code))
			continue
		}
		require.Contains(t, got.body, "the detail of "+string(code))
		require.Equal(t, status == 503, got.header.Get("Retry-After") != "")
	}

	b.read = context.DeadlineExceeded
	require.Equal(t, 503, w.send("GET", "/api/v1/monitors", "").status)
	b.change = monitor.Errorf(monitor.CodeUnavailable, "waited for a lock")
	got := w.send("POST", "/api/v1/monitors/orders/disable", "")
	require.Equal(t, 503, got.status)
	require.Equal(t, "1", got.header.Get("Retry-After"))
}

func (b *broken) Monitor(ctx context.Context, name string) (store.MonitorView, error) {
	if b.panics != nil {
		panic(b.panics)
	}
	return b.Database.Monitor(ctx, name)
}

func TestRecovered_APanicIsOneRequests(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/api/v1/monitors", "/api/v1/monitors/orders"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			onePanic(t, path)
		})
	}
}

func onePanic(t *testing.T, path string) {
	t.Helper()
	var log logbook
	b := &broken{panics: errors.New("boom")}
	w := newWorld(t, func(w *world) {
		b.Database = w.store
		w.deps.Store = b
		w.deps.Logger = log.logger()
	})
	got := w.send("GET", path, "")
	require.Equal(t, 500, got.status)
	require.NotContains(t, got.body, "boom")
	require.Contains(t, log.String(), "boom")
	require.Contains(t, log.String(), "problem_test.go", "the log has the stack")
	require.Equal(t, 200, w.send("GET", "/livez", "").status)
}
