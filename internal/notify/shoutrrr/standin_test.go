package shoutrrr

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

const token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

// standIn takes messages as an incoming webhook of Mattermost does, and as the Bot
// API of Telegram. Nothing that was sent changes any more.
type standIn struct {
	*httptest.Server
	// path is where messages are taken.
	path string
	// release lets requests go on that are being held; nil: none is.
	release chan struct{}

	mu       sync.Mutex
	texts    []string
	failures []notifytest.Failure
}

func serve(t *testing.T, path string, change ...func(*standIn)) *standIn {
	t.Helper()
	s := &standIn{path: path}
	for _, c := range change {
		c(s)
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.release != nil {
		<-s.release
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var message struct{ Text string }
	if err := json.NewDecoder(r.Body).Decode(&message); err != nil || message.Text == "" {
		http.Error(w, "no text", http.StatusBadRequest)
		return
	}
	if r.URL.Path != s.path {
		http.Error(w, `{"ok":false,"error_code":404,"description":"nothing at `+r.URL.Path+`"}`, http.StatusNotFound)
		return
	}
	var failure notifytest.Failure
	if len(s.failures) > 0 {
		failure, s.failures = s.failures[0], s.failures[1:]
	}
	switch failure {
	case notifytest.Break:
		http.Error(w, "broken over "+r.URL.Path, http.StatusInternalServerError)
		return
	case notifytest.Throttle:
		http.Error(w, fmt.Sprintf(`{"ok":false,"error_code":429,"parameters":{"retry_after":%d}}`, notifytest.PauseSeconds), http.StatusTooManyRequests)
		return
	case notifytest.Refuse:
		http.Error(w, "who are you", http.StatusForbidden)
		return
	case notifytest.LoseAnswer:
		s.texts = append(s.texts, message.Text)
		panic(http.ErrAbortHandler)
	}
	s.texts = append(s.texts, message.Text)
	// Nobody reads it whom it has not reached.
	_, _ = io.WriteString(w, `{"ok":true}`)
}

// Messages puts together what has the same nonce.
func (s *standIn) Messages() []notifytest.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var messages []notifytest.Message
	headlines := map[string]bool{}
	for _, text := range s.texts {
		shown, nonce, _ := strings.Cut(text, "\nvedette ")
		shown = strings.ReplaceAll(shown, pause, "")
		i := slices.IndexFunc(messages, func(m notifytest.Message) bool { return m.Nonce == nonce })
		if i < 0 || headlines[text] && !strings.HasPrefix(shown, "Solved") {
			messages = append(messages, notifytest.Message{Nonce: nonce, Text: shown})
		} else {
			messages[i].Replies = append(messages[i].Replies, shown)
			messages[i].Closed = strings.HasPrefix(shown, "Solved")
		}
		headlines[text] = true
	}
	return messages
}

// Remove is nothing that we would notice.
func (*standIn) Remove(string) bool { return false }

func (s *standIn) Fail(failures ...notifytest.Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

// sent are the texts as they came.
func (s *standIn) sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.texts)
}
