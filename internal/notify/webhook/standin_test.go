package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

// The secrets of the tests. The old one is on its way out.
const (
	secret    = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
	oldSecret = "whsec_b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xk"
	path      = "/hooks/T0KEN"
)

// standIn gets messages as a careful receiver does: it checks the signature, and
// recognises what it got before.
type standIn struct {
	mu       sync.Mutex
	seen     map[string]bool
	messages []notifytest.Message
	failures []notifytest.Failure
	// requests are all that came, with their bodies.
	requests []received
}

type received struct {
	header http.Header
	body   string
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost || r.URL.Path != path {
		http.Error(w, "nothing here", http.StatusNotFound)
		return
	}
	s.requests = append(s.requests, received{r.Header, string(content)})
	if !isSigned(r.Header, content) {
		http.Error(w, "not signed", http.StatusUnauthorized)
		return
	}
	var failure notifytest.Failure
	if len(s.failures) > 0 {
		failure, s.failures = s.failures[0], s.failures[1:]
	}
	switch failure {
	case notifytest.Break:
		http.Error(w, "it broke over "+r.URL.Path, http.StatusInternalServerError)
		return
	case notifytest.Throttle:
		w.Header().Set("Retry-After", strconv.Itoa(notifytest.PauseSeconds))
		http.Error(w, "too much", http.StatusTooManyRequests)
		return
	case notifytest.Refuse:
		http.Error(w, "who are you", http.StatusForbidden)
		return
	default: // whatever becomes of the answer, it is taken
	}
	s.take(r.Header.Get("Webhook-Id"), content)
	if failure == notifytest.LoseAnswer {
		panic(http.ErrAbortHandler)
	}
}

// take notes a message unless it was noted before.
func (s *standIn) take(id string, content []byte) {
	if s.seen[id] {
		return
	}
	s.seen[id] = true
	var e struct {
		Type string
		Data struct {
			NotificationID string `json:"notification_id"`
			Status         string
		}
	}
	if err := json.Unmarshal(content, &e); err != nil {
		panic(err)
	}
	i := slices.IndexFunc(s.messages, func(m notifytest.Message) bool { return m.Nonce == e.Data.NotificationID })
	if i < 0 {
		if e.Type == "vedette.notification.closed" {
			return
		}
		s.messages = append(s.messages, notifytest.Message{Nonce: e.Data.NotificationID})
		i = len(s.messages) - 1
	}
	s.messages[i].Text = readable(content)
	s.messages[i].Closed = e.Type == "vedette.notification.closed"
}

// readable writes what a person would read of a message.
func readable(content []byte) string {
	var e struct{ Data map[string]any }
	if err := json.Unmarshal(content, &e); err != nil {
		panic(err)
	}
	if acknowledged, _ := e.Data["acknowledged"].(bool); !acknowledged {
		delete(e.Data, "acknowledged")
	}
	text := fmt.Sprint(e.Data)
	if more, _ := e.Data["more_issues"].(float64); more > 0 {
		text += fmt.Sprintf(" %.0f more", more)
	}
	return text
}

func isSigned(header http.Header, content []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		return false
	}
	stamp, err := strconv.ParseInt(header.Get("Webhook-Timestamp"), 10, 64)
	if err != nil || time.Since(time.Unix(stamp, 0)).Abs() > time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(fmt.Appendf(nil, "%s.%d.%s", header.Get("Webhook-Id"), stamp, content))
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return slices.Contains(strings.Fields(header.Get("Webhook-Signature")), want)
}

func (s *standIn) Messages() []notifytest.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Remove is nothing that anybody can do there.
func (*standIn) Remove(string) bool { return false }

func (s *standIn) Fail(failures ...notifytest.Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

// last is the last request that came.
func (s *standIn) last() received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[len(s.requests)-1]
}

// serve starts a stand-in.
func serve(t *testing.T) (*standIn, string) {
	t.Helper()
	service := &standIn{seen: map[string]bool{}}
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	return service, server.URL + path
}

// config is a configuration with these settings.
func config(settings string) notify.Config {
	return notify.Config{
		Receiver: "ops",
		Settings: notify.Settings{Path: "receivers.ops.webhook", JSON: monitor.Data(settings)},
		HTTP:     &http.Client{Transport: &http.Transport{}},
		Product:  "vedette/test",
	}
}
