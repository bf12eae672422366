package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/go-chi/chi/v5/middleware"
)

// recovered keeps a panic to the request that had it.
func (a *api) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		defer func() {
			if cause := recover(); cause != nil {
				a.panicked(ctx, w, cause)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (a *api) panicked(ctx context.Context, w http.ResponseWriter, cause any) {
	if cause == http.ErrAbortHandler { //nolint:errorlint // a panic's value, and the server itself compares it like this
		panic(cause)
	}
	a.logger.ErrorContext(ctx, "request panicked", slog.Any("panic", cause),
		slog.String("request_id", requestOf(ctx).id), slog.String("stack", string(debug.Stack())))
	if wrapped, ok := w.(middleware.WrapResponseWriter); ok && wrapped.Status() != 0 {
		// Half an answer is out: the connection has to break, so that nobody takes it
		// for a whole one.
		panic(http.ErrAbortHandler)
	}
	writeProblem(w, http.StatusInternalServerError, internalDetail(ctx))
}
