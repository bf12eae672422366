package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// client opens a connection for each request, as nothing is to be kept open when
// a process is killed or stopped.
var client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}

// answer is what the API said.
type answer struct {
	status int
	body   string
}

// ask makes a request. The error is that there was no answer.
func (s *site) ask(ctx context.Context, method, path string, body any) (answer, error) {
	return s.askWith(ctx, method, path, body, nil)
}

// askWith makes a request with headers.
func (s *site) askWith(ctx context.Context, method, path string, body any, headers map[string]string) (a answer, err error) {
	var payload bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&payload).Encode(body); err != nil {
			return a, err
		}
	}
	if !strings.HasPrefix(path, "/api/") {
		path = "/api/v1" + path
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://"+s.address+path, &payload)
	if err != nil {
		return a, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := client.Do(request)
	if err != nil {
		return a, err
	}
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, string(text)}, errors.Join(err, response.Body.Close())
}

// post asks for an action and requires an answer, whatever it is.
func (s *site) post(t *testing.T, path string, body any) answer {
	t.Helper()
	a, err := s.ask(t.Context(), http.MethodPost, path, body)
	require.NoError(t, err)
	return a
}

// act asks for an action that has to succeed.
func (s *site) act(t *testing.T, path string, body any) {
	t.Helper()
	a := s.post(t, path, body)
	require.Contains(t, []int{http.StatusOK, http.StatusAccepted, http.StatusNoContent}, a.status, "%s: %s", path, a.body)
}

// refused asks for an action that has to be refused with 409, and returns why.
func (s *site) refused(t *testing.T, path string, body any) string {
	t.Helper()
	a := s.post(t, path, body)
	require.Equal(t, http.StatusConflict, a.status, "%s: %s", path, a.body)
	return a.body
}

// get reads one thing.
func get[T any](t *testing.T, s *site, path string) (thing T) {
	t.Helper()
	a, err := s.ask(t.Context(), http.MethodGet, path, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, a.status, "%s: %s", path, a.body)
	require.NoError(t, json.Unmarshal([]byte(a.body), &thing), a.body)
	return thing
}

// list reads a whole list, page by page.
func list[T any](t *testing.T, s *site, path string) (items []T) {
	t.Helper()
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	for cursor := ""; ; {
		url := path + separator + "limit=200"
		if cursor != "" {
			url += "&cursor=" + cursor
		}
		page := get[struct {
			Items      []T    `json:"items"`
			NextCursor string `json:"next_cursor"`
		}](t, s, url)
		items = append(items, page.Items...)
		if cursor = page.NextCursor; cursor == "" {
			return items
		}
	}
}

type monitorView struct {
	ID            int64          `json:"id"`
	Name          string         `json:"name"`
	Enabled       bool           `json:"enabled"`
	Health        string         `json:"health"`
	ActiveIssues  int            `json:"active_issues"`
	ActiveAlerts  int            `json:"active_alerts"`
	LastExecution *executionView `json:"last_execution"`
}

type issueView struct {
	ID      int64           `json:"id"`
	AlertID int64           `json:"alert_id"`
	ModelID string          `json:"model_id"`
	Status  string          `json:"status"`
	Data    json.RawMessage `json:"data"`
}

type alertView struct {
	ID                     int64  `json:"id"`
	Monitor                string `json:"monitor"`
	Status                 string `json:"status"`
	Priority               int    `json:"priority"`
	Acknowledged           bool   `json:"acknowledged"`
	IsPriorityAcknowledged bool   `json:"is_priority_acknowledged"`
	Locked                 bool   `json:"locked"`
	ActiveIssues           int    `json:"active_issues"`
}

type executionView struct {
	ID        int64           `json:"id"`
	Monitor   string          `json:"monitor"`
	Status    string          `json:"status"`
	QueuedAt  time.Time       `json:"queued_at"`
	StartedAt time.Time       `json:"started_at"`
	Error     string          `json:"error"`
	Log       json.RawMessage `json:"log"`
}

type eventView struct {
	ID       int64           `json:"id"`
	Name     string          `json:"event_name"`
	Source   string          `json:"event_source"`
	SourceID int64           `json:"event_source_id"`
	Monitor  string          `json:"monitor"`
	Data     json.RawMessage `json:"event_data"`
	Extra    struct {
		Reason           string  `json:"reason"`
		Actor            string  `json:"actor"`
		PreviousPriority int     `json:"previous_priority"`
		IssueIDs         []int64 `json:"issue_ids"`
	} `json:"extra_payload"`
	Actor string `json:"actor"`
}
