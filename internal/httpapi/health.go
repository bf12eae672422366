package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/singleflight"

	"github.com/vedettehq/vedette/internal/client"
)

// checkTimeout bounds each check: probes give up after a few seconds themselves.
const checkTimeout = 2 * time.Second

// readyPath is asked by probes, which are told of trouble by the status and need
// no log for it.
const readyPath = "/readyz"

// health answers probes and scrapes. It is open to everybody who reaches it.
type health struct {
	checks  []Check
	metrics http.Handler
	// flight has all who ask meanwhile wait for the checks that are under way: whoever
	// asks without end costs the database and the queue no more than one does.
	flight singleflight.Group
}

func newHealth(deps Deps) *health {
	metrics := promhttp.HandlerFor(deps.Registry, promhttp.HandlerOpts{
		Registry: deps.Registry,
		ErrorLog: slog.NewLogLogger(deps.Logger.Handler(), slog.LevelError),
	})
	return &health{checks: deps.Checks, metrics: metrics}
}

// handler serves health and nothing else.
func (h *health) handler() http.Handler {
	router := chi.NewRouter()
	h.register(router)
	router.NotFound(notFound)
	router.MethodNotAllowed(methodNotAllowed(router))
	return router
}

func (h *health) register(router chi.Router) {
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		router.MethodFunc(method, "/livez", live)
		router.MethodFunc(method, readyPath, h.ready)
	}
	router.Method(http.MethodGet, "/metrics", h.metrics)
}

// live says that the process runs, whatever else there is: restarting it would
// not bring a database back.
func live(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	ignoreGone(io.WriteString(w, "ok\n"))
}

type readiness struct {
	Status     string             `json:"status"`
	Components []client.Component `json:"components"`
}

// ready says whether the process can do its work, or else what is missing.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	components, ok := h.components(r.Context())
	answer, status := readiness{Status: "ready", Components: components}, http.StatusOK
	if !ok {
		answer.Status, status = "not_ready", http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	ignoreGone(0, json.NewEncoder(w).Encode(answer))
}

// components tells how everything is, and whether all is well.
func (h *health) components(ctx context.Context) (components []client.Component, ok bool) {
	found, _, _ := h.flight.Do("", func() (any, error) { return h.check(context.WithoutCancel(ctx)), nil })
	components = found.([]client.Component)
	failing := func(c client.Component) bool { return c.Error != "" }
	return components, !slices.ContainsFunc(components, failing)
}

// check checks everything at the same time.
func (h *health) check(ctx context.Context) []client.Component {
	ctx, cancel := context.WithTimeoutCause(ctx, checkTimeout, errors.New("no answer within "+checkTimeout.String()))
	defer cancel()
	components := make([]client.Component, len(h.checks))
	var group sync.WaitGroup
	for i, check := range h.checks {
		group.Go(func() { components[i] = check.component(ctx) })
	}
	group.Wait()
	return components
}

func (c Check) component(ctx context.Context) client.Component {
	err := c.Do(ctx)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return client.Component{Name: c.Name, Status: "failing", Error: err.Error()}
	}
	return client.Component{Name: c.Name, Status: "ok"}
}

// ignoreGone takes the error of writing an answer: whoever asked is gone, and
// there is nobody left to tell.
func ignoreGone[N int | int64](N, error) {}
