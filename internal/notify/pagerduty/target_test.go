package pagerduty

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const routingKey = "R0123456789abcdef0123456789abcde"

// standIn is the Events API v2, as far as it is documented.
type standIn struct {
	mu       sync.Mutex
	incident []notifytest.Message
	failures []notifytest.Failure
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var e message
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 512<<10))
	if err := decoder.Decode(&e); err != nil || r.URL.Path != "/v2/enqueue" || e.Payload.Summary == "" || len([]rune(e.Payload.Summary)) > maxSummary ||
		len(e.DedupKey) > 255 || e.Payload.Source == "" || !slices.Contains([]string{"critical", "error", "warning", "info"}, e.Payload.Severity) {
		http.Error(w, `{"status":"invalid event","message":"Event object is invalid"}`, http.StatusBadRequest)
		return
	}
	var failure notifytest.Failure
	if len(s.failures) > 0 {
		failure, s.failures = s.failures[0], s.failures[1:]
	}
	switch failure {
	case notifytest.Break:
		http.Error(w, "key "+e.RoutingKey+" broke it", http.StatusInternalServerError)
		return
	case notifytest.Throttle:
		w.Header().Set("Retry-After", strconv.Itoa(notifytest.PauseSeconds))
		http.Error(w, "too much", http.StatusTooManyRequests)
		return
	case notifytest.Refuse:
		http.Error(w, "forbidden", http.StatusForbidden)
		return
	default: // whatever becomes of the answer, it is taken
	}
	s.take(&e)
	if failure == notifytest.LoseAnswer {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusAccepted)
}

// take makes of an event what the service does: an incident for each dedup_key
// that was triggered.
func (s *standIn) take(e *message) {
	i := slices.IndexFunc(s.incident, func(m notifytest.Message) bool { return m.Nonce == e.DedupKey })
	if i < 0 {
		if e.Action != "trigger" {
			return
		}
		s.incident = append(s.incident, notifytest.Message{Nonce: e.DedupKey})
		i = len(s.incident) - 1
	}
	incident := &s.incident[i]
	incident.Text = fmt.Sprint(e.Payload.Summary, e.Payload.Details)
	if e.Action == "acknowledge" {
		incident.Text += " acknowledged"
	}
	incident.Closed = e.Action == "resolve"
}

func (s *standIn) Messages() []notifytest.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.incident)
}

// Remove is nothing that anybody can do there.
func (*standIn) Remove(string) bool { return false }

func (s *standIn) Fail(failures ...notifytest.Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures = append(s.failures, failures...)
}

func config(settings string) notify.Config {
	return notify.Config{
		Settings: notify.Settings{Path: "receivers.ops.pagerduty", JSON: monitor.Data(settings)},
		HTTP:     &http.Client{Transport: &http.Transport{}},
		Product:  "vedette/test",
	}
}

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service := &standIn{}
			server := httptest.NewServer(service)
			t.Cleanup(server.Close)
			target, err := Driver().Open(config(fmt.Sprintf(`{"routing_key":%q,"url":%q}`, routingKey, server.URL)))
			require.NoError(t, err)
			return target, service
		},
		Secrets: []string{routingKey},
	})
}

func TestTarget_ChangesOfIssuesAreNotWorthAnEntry(t *testing.T) {
	t.Parallel()
	opened, err := Driver().Open(config(fmt.Sprintf(`{"routing_key":%q}`, routingKey)))
	require.NoError(t, err)
	target := opened.(*Target)
	significant := func(change func(*notify.Card)) string {
		r, err := target.Render(notifytest.Card(change))
		require.NoError(t, err)
		return target.Significant(r)
	}
	first := significant(func(*notify.Card) {})
	require.Equal(t, first, significant(func(c *notify.Card) { c.ActiveIssues, c.Issues = 99, nil }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Priority = monitor.High }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Acknowledged = true }))
	require.NotEqual(t, first, significant(func(c *notify.Card) { c.Closed = notify.ClosedSolved }))
}

func TestOpen_SaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		`{}`: `receivers.ops.pagerduty.routing_key: it has to be the 32 characters of an integration of type Events API v2`,
		fmt.Sprintf(`{"routing_key":%q,"url":"events"}`, routingKey): `receivers.ops.pagerduty.url: it has to look like https://events.pagerduty.com`,
	} {
		_, err := Driver().Open(config(settings))
		require.EqualError(t, err, want)
		require.NotContains(t, err.Error(), routingKey)
	}
}
