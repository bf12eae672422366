package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// between stands between browsers and a server, as a proxy does, and can answer in the
// server's place.
type between struct {
	mu sync.Mutex
	// what is answered to, and how; nil: all goes to the server.
	method, path string
	trouble      http.HandlerFunc
}

// stand puts something between the site and the browsers that are opened for the site
// that it gives.
func stand(t *testing.T, s *site) (*site, *between) {
	t.Helper()
	b := &between{}
	server := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: s.address})
	server.FlushInterval = -1
	// A browser that leaves ends its requests, which is nothing to be told of.
	server.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if trouble := b.of(r); trouble != nil {
			trouble(w, r)
			return
		}
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		proxy.CloseClientConnections()
		proxy.Close()
	})
	front := *s
	front.address = strings.TrimPrefix(proxy.URL, "http://")
	return &front, b
}

func (b *between) of(r *http.Request) http.HandlerFunc {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.Method != b.method || !strings.HasPrefix(r.URL.Path, b.path) {
		return nil
	}
	return b.trouble
}

// make has all requests of that kind end in trouble from now on.
func (b *between) make(trouble http.HandlerFunc, method, path string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.method, b.path, b.trouble = method, "/api/v1"+path, trouble
}

// answering answers as the server does that refuses something.
func answering(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"status": %d, "detail": "it is refused with %d", "errors": [{"location": "body.thing", "message": "is odd"}]}`, status, status)
	}
}

// silence never answers, as long as somebody waits. It is heard that nobody does only
// once the request is read.
func silence(_ http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(io.Discard, r.Body); err == nil {
		<-r.Context().Done()
	}
}

// hangUp ends the connection without an answer.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestBetween_LetsPassWhatItHasNotBeenToldOf(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "the server") }))
	t.Cleanup(server.Close)
	front, b := stand(t, &site{address: strings.TrimPrefix(server.URL, "http://")})
	b.make(answering(http.StatusConflict), http.MethodGet, "/alerts/1")
	for path, status := range map[string]int{"/alerts": http.StatusOK, "/alerts/1": http.StatusConflict} {
		a, err := front.ask(t.Context(), http.MethodGet, path, nil)
		require.NoError(t, err)
		require.Equal(t, status, a.status, a.body)
	}
}
