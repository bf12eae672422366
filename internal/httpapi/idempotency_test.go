package httpapi

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// keyed sends a request with an Idempotency-Key.
func (w *world) keyed(key, path, body string) answer {
	w.Helper()
	return w.send("POST", path, body, func(r *http.Request) { r.Header.Set(idempotencyHeader, key) })
}

func TestIdempotency_TheSameRequestIsDoneOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1", "2")
	first := w.keyed("k-1", "/api/v1/issues/1/drop", `{"comment":"a test"}`)
	require.Equal(t, 200, first.status)
	require.Empty(t, first.header.Get(replayedHeader))
	again := w.keyed("k-1", "/api/v1/issues/1/drop", `{"comment":"a test"}`)
	require.Equal(t, 200, again.status, again.body)
	require.Equal(t, "true", again.header.Get(replayedHeader))
	require.Equal(t, first.body, again.body)
	require.Equal(t, first.header.Get("Content-Type"), again.header.Get("Content-Type"))

	for _, other := range []answer{
		w.keyed("k-1", "/api/v1/issues/1/drop", `{"comment":"another"}`),
		w.keyed("k-1", "/api/v1/issues/2/drop", `{"comment":"a test"}`),
	} {
		require.Equal(t, 422, other.status)
		require.Contains(t, other.body, "Idempotency-Key: it was used for another request")
	}
	issue, err := w.client.Issue(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, "active", issue.Status)

	refused := w.keyed("k-2", "/api/v1/issues/1/drop", "")
	require.Equal(t, 409, refused.status)
	again = w.keyed("k-2", "/api/v1/issues/1/drop", "")
	require.Equal(t, 409, again.status)
	require.Equal(t, "true", again.header.Get(replayedHeader), "a refusal by the state is an answer, too")
	require.Equal(t, "application/problem+json", again.header.Get("Content-Type"))
}

func TestIdempotency_WhatWasNotUnderstoodMayBeMended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "1")
	for _, wrong := range []string{`{`, `{"coment":"x"}`, `{"comment":"` + strings.Repeat("x", maxBody) + `"}`} {
		require.GreaterOrEqual(t, w.keyed("k", "/api/v1/issues/1/drop", wrong).status, 400)
	}
	require.Equal(t, 200, w.keyed("k", "/api/v1/issues/1/drop", `{"comment":"x"}`).status)
}

func TestIdempotency_SaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	for _, key := range []string{"a b", "ü", strings.Repeat("x", 256)} {
		got := w.keyed(key, "/api/v1/monitors/orders/disable", "")
		require.Equal(t, 422, got.status)
		require.Contains(t, got.body, "Idempotency-Key: it has to be")
	}
	for _, path := range []string{"/api/v1/tokens", "/api/v1/session"} {
		got := w.keyed("k", path, `{"name":"x","role":"viewer"}`)
		require.Equal(t, 422, got.status, path)
		require.Contains(t, got.body, "holds a secret", path)
	}
	got := w.send("GET", "/api/v1/monitors", "", func(r *http.Request) { r.Header.Set(idempotencyHeader, "k") })
	require.Equal(t, 200, got.status, "harmless elsewhere")
}

// slowStore holds up changes, and fails them if it is told to.
type slowStore struct {
	Store
	begun   chan struct{}
	release chan error
}

func (s slowStore) Change(ctx context.Context, scope store.Scope, now time.Time, decide func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error) {
	s.begun <- struct{}{}
	if err := <-s.release; err != nil {
		return monitor.Plan{}, err
	}
	return s.Store.Change(ctx, scope, now, decide)
}

func TestIdempotency_WhileTheFirstIsUnderWay(t *testing.T) {
	t.Parallel()
	slow := slowStore{begun: make(chan struct{}), release: make(chan error)}
	w := newWorld(t, func(w *world) {
		slow.Store = w.store
		w.deps.Store = slow
	})
	w.register("orders")
	const path = "/api/v1/monitors/orders/disable"
	answers := make(chan answer)
	go func() { answers <- w.keyed("k", path, "") }()
	<-slow.begun
	got := w.keyed("k", path, "")
	require.Equal(t, 409, got.status)
	require.Contains(t, got.body, "still under way")
	require.NotEmpty(t, got.header.Get("Retry-After"))

	slow.release <- monitor.Errorf(monitor.CodeUnavailable, "the database is away")
	require.Equal(t, 503, (<-answers).status)
	go func() { answers <- w.keyed("k", path, "") }()
	<-slow.begun
	slow.release <- nil
	require.Equal(t, 200, (<-answers).status, "what failed through our fault is tried anew")
	require.Equal(t, "true", w.keyed("k", path, "").header.Get(replayedHeader))
}

func TestIdempotency_WhoeverSentItMayBeGone(t *testing.T) {
	t.Parallel()
	slow := slowStore{begun: make(chan struct{}), release: make(chan error)}
	w := newWorld(t, func(w *world) {
		slow.Store = w.store
		w.deps.Store = slow
	})
	w.register("orders")
	const path = "/api/v1/monitors/orders/disable"
	ctx, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.url+path, http.NoBody)
		if err != nil {
			return
		}
		request.Header.Set(idempotencyHeader, "k")
		if response, err := w.http.Do(request); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-slow.begun
	leave()
	<-gone
	// Whether it was done before it was noticed that nobody waits or not: trying
	// again does what is asked for once.
	slow.release <- nil
	answers := make(chan answer)
	go func() {
		for {
			if got := w.keyed("k", path, ""); got.status != 409 {
				answers <- got
				return
			}
		}
	}()
	for {
		select {
		case <-slow.begun:
			slow.release <- nil
		case got := <-answers:
			require.Equal(t, 200, got.status, got.body)
			events, err := w.client.Events(t.Context(), client.EventFilter{Name: "monitor_enabled_changed"}, client.Paging{})
			require.NoError(t, err)
			require.Len(t, events.Items, 1)
			return
		}
	}
}
