package httpapi

import (
	"context"
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
	id     string
	sender identity
}

type requestKey struct{}

// requestOf gives the request that ctx belongs to.
func requestOf(ctx context.Context) request {
	r, _ := ctx.Value(requestKey{}).(request)
	return r
}

// named gives each request a name by which it is found in the log, and notes who
// sends it.
func (a *api) named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get(requestIDHeader)
		if !ownRequestID.MatchString(id) {
			id = uuid.NewString()
		}
		w.Header().Set(requestIDHeader, id)
		ctx := context.WithValue(r.Context(), requestKey{}, request{id: id, sender: a.access.identify(r)})
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}
