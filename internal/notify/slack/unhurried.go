package slack

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// reopenAfter is how long a connection waits for the one before it.
const reopenAfter = time.Second

// unhurried keeps connections that break as soon as they are there from being opened
// anew without a pause: the library only pauses when opening fails.
type unhurried struct {
	*http.Client

	mu   sync.Mutex
	last time.Time
}

// Do sends a request.
func (u *unhurried) Do(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		u.mu.Lock()
		wait := time.Until(u.last.Add(reopenAfter))
		u.last = time.Now().Add(max(0, wait))
		u.mu.Unlock()
		if err := pause.For(r.Context(), wait); err != nil {
			return nil, err
		}
	}
	return u.Client.Do(r)
}
