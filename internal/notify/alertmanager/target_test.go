package alertmanager

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "t0ken-hunter2"

// standIn is an Alertmanager's API, as far as it is documented: alerts are known
// by their labels.
type standIn struct {
	mu       sync.Mutex
	alerts   []post
	last     []post
	failures []notifytest.Failure
}

var name = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("Authorization") != "Bearer "+token {
		http.Error(w, "who is "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		return
	}
	var posts []post
	if err := json.NewDecoder(r.Body).Decode(&posts); err != nil || r.URL.Path != "/api/v2/alerts" {
		http.Error(w, `"bad"`, http.StatusBadRequest)
		return
	}
	for _, p := range posts {
		if p.EndsAt.Before(p.StartsAt) {
			http.Error(w, `"start time must be before end time"`, http.StatusBadRequest)
			return
		}
		for label := range p.Labels {
			if !name.MatchString(label) {
				http.Error(w, `"invalid label set"`, http.StatusBadRequest)
				return
			}
		}
	}
	var failure notifytest.Failure
	if len(s.failures) > 0 {
		failure, s.failures = s.failures[0], s.failures[1:]
	}
	switch failure {
	case notifytest.Break:
		http.Error(w, "broke", http.StatusInternalServerError)
		return
	case notifytest.Throttle:
		w.Header().Set("Retry-After", strconv.Itoa(notifytest.PauseSeconds))
		http.Error(w, "too much", http.StatusTooManyRequests)
		return
	case notifytest.Refuse:
		http.Error(w, "not you, "+token, http.StatusForbidden)
		return
	default: // whatever becomes of the answer, it is taken
	}
	s.last = posts
	for _, p := range posts {
		s.take(p)
	}
	if failure == notifytest.LoseAnswer {
		panic(http.ErrAbortHandler)
	}
}

func (s *standIn) take(p post) {
	i := slices.IndexFunc(s.alerts, func(a post) bool { return maps.Equal(a.Labels, p.Labels) })
	switch {
	case i >= 0:
		s.alerts[i] = p
	case p.EndsAt.After(time.Now()):
		s.alerts = append(s.alerts, p)
	}
}

// Messages are the alerts by their alert_id: those of one are one thing to people.
func (s *standIn) Messages() []notifytest.Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var messages []notifytest.Message
	for _, a := range s.alerts {
		id := a.Annotations["notification_id"]
		i := slices.IndexFunc(messages, func(m notifytest.Message) bool { return m.Nonce == id })
		if i < 0 {
			messages = append(messages, notifytest.Message{Nonce: id, Closed: true})
			i = len(messages) - 1
		}
		if a.EndsAt.After(time.Now()) {
			messages[i].Closed = false
			messages[i].Text = a.Labels["severity"] + " " + a.Annotations["summary"] + "\n" + a.Annotations["description"] + "\n" + a.Annotations["status"]
		}
	}
	return messages
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
		Settings: notify.Settings{Path: "receivers.ops.alertmanager", JSON: monitor.Data(settings)},
		HTTP:     &http.Client{Transport: &http.Transport{}},
		Logger:   slog.New(slog.DiscardHandler),
		Product:  "vedette/test",
	}
}

func serve(t *testing.T, urls ...string) (*standIn, *Target) {
	t.Helper()
	service := &standIn{}
	server := httptest.NewServer(service)
	t.Cleanup(server.Close)
	list, err := json.Marshal(append([]string{server.URL}, urls...))
	require.NoError(t, err)
	target, err := Driver().Open(config(fmt.Sprintf(`{"urls":%s,"token":%q,"labels":{"env":"test"}}`, list, token)))
	require.NoError(t, err)
	return service, target.(*Target)
}

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service, target := serve(t)
			return target, service
		},
		Secrets: []string{token},
	})
}

func TestTarget_AnotherSeverityIsAnotherAlert(t *testing.T) {
	t.Parallel()
	service, target := serve(t)
	defer func() { require.NoError(t, target.Release()) }()
	render := func(p monitor.Priority) notify.Rendering {
		r, err := target.Render(notifytest.Card(func(c *notify.Card) {
			c.Priority = p
			c.Labels = map[string]string{"team-name": "payments", "monitor": "not this"}
		}))
		require.NoError(t, err)
		return r
	}
	ref, err := target.Create(t.Context(), "n", render(monitor.Low))
	require.NoError(t, err)
	ref, err = target.Edit(t.Context(), ref, render(monitor.High))
	require.NoError(t, err)
	require.Equal(t, notify.Ref("n/high"), ref)

	require.Len(t, service.alerts, 2)
	require.Equal(t, map[string]string{
		"alertname": "stuck_orders", "monitor": "stuck_orders", "alert_id": "42", "severity": "low", "team_name": "payments", "env": "test",
	}, service.alerts[0].Labels)
	require.False(t, service.alerts[0].EndsAt.After(time.Now()), "resolved")
	require.WithinDuration(t, time.Now().Add(5*time.Minute), service.alerts[1].EndsAt, time.Minute, "active, for as long as it is told again")
	require.Equal(t, time.Minute, target.RefreshEvery())
}

func TestTarget_ClaimsTheEndOfNothingThatWasNeverThere(t *testing.T) {
	t.Parallel()
	service, target := serve(t)
	defer func() { require.NoError(t, target.Release()) }()
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	ref, err := target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	require.Len(t, service.last, 1, "what ends is shown to people in the first message of a group, too")

	_, err = target.Edit(t.Context(), ref, r)
	require.NoError(t, err)
	require.Len(t, service.last, 1)
	require.NoError(t, target.Close(t.Context(), target.RefOf("n"), r))
	require.Len(t, service.last, 5, "which of them was there is not known")
}

func TestTarget_NothingEndsBeforeItBegins(t *testing.T) {
	t.Parallel()
	service, target := serve(t)
	defer func() { require.NoError(t, target.Release()) }()
	ahead := func(c *notify.Card) { c.CreatedAt = time.Now().Add(2 * time.Second) }
	for _, change := range []func(*notify.Card){
		ahead,
		func(c *notify.Card) { ahead(c); c.Priority = monitor.Critical },
		func(c *notify.Card) { ahead(c); c.Closed = notify.ClosedSolved },
	} {
		r, err := target.Render(notifytest.Card(change))
		require.NoError(t, err)
		_, err = target.Edit(t.Context(), "n/low", r)
		require.NoError(t, err, "the database's clock may be ahead of ours")
	}
	for _, p := range service.last {
		require.False(t, p.EndsAt.After(time.Now()), "over")
	}
}

func TestTarget_OneMemberOfAClusterIsEnough(t *testing.T) {
	t.Parallel()
	service, target := serve(t, "http://127.0.0.1:1")
	defer func() { require.NoError(t, target.Release()) }()
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	service.Fail(notifytest.Refuse)
	_, err = target.Create(t.Context(), "n", r)
	require.Error(t, err)
	require.Equal(t, notify.Refused, notify.KindOf(err))
}

func TestOpen_SaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		`{}`: `receivers.ops.alertmanager.urls: it has to be a list such as [http://alertmanager:9093], with all members of a cluster`,
		`{"urls":["http://u:hunter2@a.example"]}`:                  `receivers.ops.alertmanager.urls: each has to look like http://alertmanager:9093; credentials go into username and password, or token`,
		`{"urls":["http://a.example"],"token":"t","username":"u"}`: `receivers.ops.alertmanager.token: it cannot be used together with username and password`,
		`{"urls":["http://a.example"],"token":"hunter2\n"}`:        `receivers.ops.alertmanager.token: it has a line end or another control character in it`,
		`{"urls":["http://a.example"],"labels":{"severity":"x"}}`:  `receivers.ops.alertmanager.labels: "severity" cannot be a label: letters, digits and _, and none of those that vedette sets`,
		`{"urls":["http://a.example"],"refresh":"1"}`:              `receivers.ops.alertmanager.refresh: it has to be a duration of at least 1s, such as 1m`,
	} {
		_, err := Driver().Open(config(settings))
		require.EqualError(t, err, want)
	}
}
