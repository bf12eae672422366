package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
)

// requestTimeout bounds the work on a request, unless its operation says otherwise.
const requestTimeout = 30 * time.Second

// sameMachine refuses requests that were meant for another host, as long as there
// are no tokens: the address is then all that protects the API, and a web page can
// have its own name lead to this machine's loopback address; the name then stands
// in Host.
func (a *api) sameMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isLoopback(hostOf(r)) {
			next.ServeHTTP(w, r)
			return
		}
		switch open, err := a.access.open(r.Context()); {
		case err != nil:
			a.logger.WarnContext(r.Context(), "tokens not looked for", slog.Any("error", err), slog.String("request_id", requestOf(r.Context()).id))
			w.Header().Set("Retry-After", retryAfter)
			writeProblem(w, http.StatusServiceUnavailable, "the database does not say whether there are tokens")
		case open:
			writeProblem(w, http.StatusForbidden, "without tokens only localhost and loopback addresses are served, and this request is for another host")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// hostOf is the host that a request is for, without the port.
func hostOf(r *http.Request) string {
	if name, _, err := net.SplitHostPort(r.Host); err == nil {
		return name
	}
	return r.Host
}

// sameOrigin refuses to change anything for another site's pages: a browser sends
// along what lets its user in. A token it never sends by itself.
func sameOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := bearerOf(r); ok {
			next.ServeHTTP(w, r)
			return
		}
		if err := protection.Check(r); err != nil {
			writeProblem(w, http.StatusForbidden, "a page of another site must not change anything here")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readable refuses addresses that no database could store or compare.
func readable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		switch {
		case err != nil, !isText(query), !isText(r.URL.Path):
			writeProblem(w, http.StatusBadRequest, "the address is not readable: it has to be UTF-8 without U+0000, escaped with %")
			return
		case strings.Contains(r.URL.RawQuery, ";"):
			// The parameter that it stands in would be passed over without a word.
			writeProblem(w, http.StatusBadRequest, "the address is not readable: a ; among its parameters has to be written as %3B, and parameters are separated by &")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// bounded ends the work on a request that takes longer than its operation may.
func (a *api) bounded(ctx huma.Context, next func(huma.Context)) {
	limit, ok := ctx.Operation().Metadata[metadataTimeout].(time.Duration)
	if !ok {
		next(ctx)
		return
	}
	if limit > requestTimeout {
		// The server's own limit is for those who take their answer too slowly.
		_, w := humachi.Unwrap(ctx)
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit + writeTimeout)); err != nil {
			a.logger.WarnContext(ctx.Context(), "an answer may be cut off: it cannot be given more time", slog.Any("error", err))
		}
	}
	inner, cancel := context.WithTimeoutCause(ctx.Context(), limit, tooLong(limit))
	defer cancel()
	next(huma.WithContext(ctx, inner))
}

var errTooLong = errors.New("the request took too long")

func tooLong(limit time.Duration) error { return fmt.Errorf("%w: the limit is %s", errTooLong, limit) }

// hardened tells browsers to do nothing with answers but to show them to us.
func hardened(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		header.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
