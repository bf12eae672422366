package httpapi

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// statusGone is told of requests whose sender did not wait for the answer, in the log
// and in metrics, by the number that proxies have made usual. Dashboards do so all the
// time, and it is no trouble of ours.
const statusGone = 499

// observed measures and logs each request.
func (a *api) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		wrapped := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(wrapped, r)

		status := wrapped.Status()
		switch {
		case status == 0:
			status = http.StatusOK
		case status == http.StatusServiceUnavailable && r.Context().Err() != nil:
			status = statusGone
		}
		route, took := routeOf(r), time.Since(start)
		a.metrics.observe(r.Method, route, status, took)
		about := requestOf(r.Context())
		a.logger.LogAttrs(r.Context(), levelOf(r, status), "request",
			slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
			slog.Duration("duration", took), slog.String("actor", about.sender.name), slog.String("request_id", about.id))
	})
}

// levelOf is how much there is to tell of a request: something, if it changes
// something or fails through our fault; nothing, if the dashboard reads once more
// or a probe is told that it is too early.
func levelOf(r *http.Request, status int) slog.Level {
	switch {
	case r.URL.Path == readyPath:
		return slog.LevelDebug
	case status == http.StatusServiceUnavailable:
		return slog.LevelWarn
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case isRead(r.Method):
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}

// routeOf is the pattern that a request matched: of bounded number, unlike paths.
func routeOf(r *http.Request) string {
	if context := chi.RouteContext(r.Context()); context != nil {
		if pattern := context.RoutePattern(); pattern != "" {
			return pattern
		}
	}
	return "unmatched"
}

func isRead(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}
