package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"

	"github.com/google/uuid"
)

// requestIDHeader carries the name of a request, from the client if it gave one.
const requestIDHeader = "X-Request-Id"

// ownRequestID is what a client may call its request: it stands in logs.
var ownRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// request is what is known of a request beside what it asks for.
type request struct {
	id string
	// sender is nobody until the operation has let them in.
	sender identity
	// http is the request as it came, without what middleware knows of it.
	http *http.Request
}

type requestKey struct{}

// requestOf gives the request that ctx belongs to.
func requestOf(ctx context.Context) request {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		return *r
	}
	return request{}
}

// noteSender says who sent the request that ctx belongs to, once that is known. It
// is not to be called while others work on the request.
func noteSender(ctx context.Context, sender identity) {
	if r, ok := ctx.Value(requestKey{}).(*request); ok {
		r.sender = sender
	}
}

// log is for what the sender of a request did, where no event tells who it was.
func (a *api) log(ctx context.Context) *slog.Logger {
	about := requestOf(ctx)
	return a.logger.With(slog.String("actor", about.sender.name), slog.String("request_id", about.id))
}

// named gives each request a name by which it is found in the log.
func (a *api) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !ownRequestID.MatchString(id) {
			id = uuid.NewString()
		}
		w.Header().Set(requestIDHeader, id)
		ctx := context.WithValue(r.Context(), requestKey{}, &request{id: id, http: r})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
