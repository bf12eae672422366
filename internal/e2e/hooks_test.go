package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// hooks gets webhooks. It recognises what it got before, as whoever gets them is
// told to, and has bad days.
type hooks struct {
	URL string

	mu     sync.Mutex
	random *rand.Rand
	bad    bool
	seen   map[string]bool
	alerts map[int64]*hooked
	// failed counts the requests that ended badly, repeated those that were taken
	// before.
	failed, repeated int
}

// hooked is what was told of an alert.
type hooked struct {
	// notifications are the ids of the notifications under which it was told.
	notifications map[string]bool
	// last is the last that was told.
	last hookedCard
}

type hookedCard struct {
	NotificationID string `json:"notification_id"`
	AlertID        int64  `json:"alert_id"`
	Status         string
	Priority       int
	ActiveIssues   int `json:"active_issues"`
}

// state is what matters of it.
func (c *hookedCard) state() string {
	if c.Status != "active" {
		return c.Status
	}
	return fmt.Sprintf("active at %d with %d", c.Priority, c.ActiveIssues)
}

// newHooks starts to listen, until the test ends.
func newHooks(t *testing.T, seed uint64) *hooks {
	t.Helper()
	h := &hooks{random: rand.New(rand.NewPCG(seed, 0)), seen: map[string]bool{}, alerts: map[int64]*hooked{}}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.URL = server.URL + "/hooks"
	return h
}

// days sets whether it has bad days.
func (h *hooks) days(bad bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bad = bad
}

// all are the alerts that were told of.
func (h *hooks) all() map[int64]hooked {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[int64]hooked{}
	for id, alert := range h.alerts {
		all[id] = *alert
	}
	return all
}

// counts are the requests that ended badly, and those that came again.
func (h *hooks) counts() (failed, repeated int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failed, h.repeated
}

// ServeHTTP takes a message, or not, and says so, or not.
func (h *hooks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return // whoever sent it died
	}
	h.mu.Lock()
	day := 0
	if h.bad {
		day = h.random.IntN(12)
	}
	if day == 0 || day > 3 {
		h.take(r.Header.Get("Webhook-Id"), content)
	} else {
		h.failed++
	}
	h.mu.Unlock()
	switch day {
	case 1:
		http.Error(w, "it broke", http.StatusInternalServerError)
	case 2:
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	case 3, 4: // not taken, and taken
		panic(http.ErrAbortHandler)
	case 5:
		// It takes its time, and may well outlive the one who waits for it.
		<-time.After(300 * time.Millisecond)
	default:
	}
}

func (h *hooks) take(id string, content []byte) {
	if h.seen[id] {
		h.repeated++
		return
	}
	h.seen[id] = true
	var event struct{ Data hookedCard }
	if err := json.Unmarshal(content, &event); err != nil {
		panic(err)
	}
	card := event.Data
	alert := h.alerts[card.AlertID]
	if alert == nil {
		alert = &hooked{notifications: map[string]bool{}}
		h.alerts[card.AlertID] = alert
	}
	alert.notifications[card.NotificationID] = true
	alert.last = card
}
