package client

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve gives a client of a server that answers everything with the same, and
// notes what it was asked.
func serve(t *testing.T, status int, contentType, body string) (*Client, *[]string) {
	t.Helper()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, err := io.ReadAll(r.Body)
		if err != nil {
			sent = []byte(err.Error())
		}
		line := r.Method + " " + r.URL.RequestURI()
		if len(sent) > 0 {
			line += " " + string(sent)
		}
		if token := r.Header.Get("Authorization"); token != "" {
			line += " as " + token
		}
		asked = append(asked, line)
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	client, err := New(Config{Server: server.URL + "/", Token: monitor.NewSecret("hunter2")})
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return client, &asked
}

func TestClient_AsksForWhatIsMeant(t *testing.T) {
	t.Parallel()
	c, asked := serve(t, 200, "application/json", `{}`)
	ctx, yes := t.Context(), true
	paging := Paging{Limit: 7, Cursor: "a b"}
	calls := []struct {
		want string
		call func() error
	}{
		{"GET /status", func() error { _, err := c.Status(ctx); return err }},
		{"GET /api/v1/monitors?cursor=a+b&enabled=true&health=ok&label=team%3Ashop&limit=7&q=x%26y", func() error {
			_, err := c.Monitors(ctx, MonitorFilter{Query: "x&y", Enabled: &yes, Health: "ok", Labels: map[string]string{"team": "shop"}}, paging)
			return err
		}},
		{"GET /api/v1/monitors/a%2Fb", func() error { _, err := c.Monitor(ctx, "a/b"); return err }},
		{"POST /api/v1/monitors/orders/enable {}", func() error { _, err := c.Enable(ctx, "orders", ""); return err }},
		{`POST /api/v1/monitors/orders/disable {"comment":"noisy"}`, func() error { _, err := c.Disable(ctx, "orders", "noisy"); return err }},
		{`POST /api/v1/monitors/orders/refresh {}`, func() error { _, err := c.Refresh(ctx, "orders"); return err }},
		{`POST /api/v1/monitors/orders/refresh {"tasks":["search"]}`, func() error { _, err := c.Refresh(ctx, "orders", "search"); return err }},
		{"GET /api/v1/alerts?acknowledged=true&monitor=orders&priority=2&silenced=true&status=active", func() error {
			_, err := c.Alerts(ctx, AlertFilter{Monitor: "orders", Status: "active", Priorities: []int{2}, Acknowledged: &yes, Silenced: &yes}, Paging{})
			return err
		}},
		{"GET /api/v1/alerts/7", func() error { _, err := c.Alert(ctx, 7); return err }},
		{`POST /api/v1/alerts/7/acknowledge {"comment":"on it"}`, func() error { _, err := c.Acknowledge(ctx, 7, "on it"); return err }},
		{`POST /api/v1/alerts/7/lock {}`, func() error { _, err := c.Lock(ctx, 7, ""); return err }},
		{`POST /api/v1/alerts/7/unlock {}`, func() error { _, err := c.Unlock(ctx, 7, ""); return err }},
		{`POST /api/v1/alerts/7/solve {}`, func() error { _, err := c.SolveAlert(ctx, 7, ""); return err }},
		{"GET /api/v1/issues?alert_id=7&model_id=8&monitor=orders&status=active", func() error {
			_, err := c.Issues(ctx, IssueFilter{Monitor: "orders", AlertID: 7, Status: "active", ModelID: "8"}, Paging{})
			return err
		}},
		{"GET /api/v1/issues/7", func() error { _, err := c.Issue(ctx, 7); return err }},
		{`POST /api/v1/issues/7/drop {"comment":"a test"}`, func() error { _, err := c.DropIssue(ctx, 7, "a test"); return err }},
		{"GET /api/v1/executions?monitor=orders&status=failed", func() error {
			_, err := c.Executions(ctx, ExecutionFilter{Monitor: "orders", Status: "failed"}, Paging{})
			return err
		}},
		{"GET /api/v1/executions/7", func() error { _, err := c.Execution(ctx, 7); return err }},
		{"GET /api/v1/events?event_name=issue_created&event_source=issue&event_source_id=7&monitor=orders", func() error {
			_, err := c.Events(ctx, EventFilter{Monitor: "orders", Name: "issue_created", Source: "issue", SourceID: 7}, Paging{})
			return err
		}},
	}
	for i, test := range calls {
		require.NoError(t, test.call(), test.want)
		require.Equal(t, test.want+" as Bearer hunter2", (*asked)[i])
	}
}

func TestClient_ErrorsHaveTheServersCodes(t *testing.T) {
	t.Parallel()
	for status, code := range map[int]monitor.Code{
		400: monitor.CodeInvalid, 422: monitor.CodeInvalid, 413: monitor.CodeInvalid,
		401: monitor.CodeForbidden, 403: monitor.CodeForbidden,
		404: monitor.CodeNotFound, 409: monitor.CodeConflict,
		412: monitor.CodeStale, 428: monitor.CodeStale,
		429: monitor.CodeUnavailable, 502: monitor.CodeUnavailable, 503: monitor.CodeUnavailable, 504: monitor.CodeUnavailable,
		500: monitor.CodeInternal, 418: monitor.CodeInternal,
	} {
		c, _ := serve(t, status, "application/problem+json",
			`{"detail":"validation failed","errors":[{"message":"too large","location":"query.limit"},{"message":"and odd"}]}`)
		_, err := c.Alert(t.Context(), 7)
		require.EqualError(t, err, "validation failed: query.limit: too large; and odd")
		require.Equal(t, code, monitor.CodeOf(err), status)
	}
}

func TestClient_WhatIsNoVedette(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, 200, "text/html", `<html>`)
	_, err := c.Alert(t.Context(), 7)
	require.ErrorContains(t, err, "does not answer like vedette")

	c, _ = serve(t, 404, "text/html", `<html>`)
	_, err = c.Alert(t.Context(), 7)
	require.ErrorContains(t, err, "answers 404 Not Found")
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(err))
	require.NotContains(t, err.Error(), "hunter2")
}

func TestClient_NobodyAnswers(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c, err := New(Config{Server: server.URL})
	require.NoError(t, err)
	_, err = c.Status(t.Context())
	require.ErrorContains(t, err, "no answer from "+server.URL)
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err))

	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(io.ErrClosedPipe)
	_, err = c.Status(ctx)
	require.ErrorIs(t, err, io.ErrClosedPipe, "the caller's own end is no fault of the server")
}

func TestNew_RefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, server := range []string{"", "127.0.0.1:8000", "ftp://x", "http://", "http://a b", "localhost:8000"} {
		_, err := New(Config{Server: server})
		require.ErrorContains(t, err, "is no address of a server", server)
	}
}

func TestAll(t *testing.T) {
	t.Parallel()
	two := "two"
	list := func(_ context.Context, p Paging) (Page[int], error) {
		switch p.Cursor {
		case "":
			return Page[int]{Items: []int{1, 2}, NextCursor: &two}, nil
		case two:
			return Page[int]{Items: []int{3}}, nil
		default:
			return Page[int]{}, io.EOF
		}
	}
	var seen []int
	for item, err := range All(t.Context(), Paging{}, list) {
		require.NoError(t, err)
		seen = append(seen, item)
	}
	require.Equal(t, []int{1, 2, 3}, seen)

	for item, err := range All(t.Context(), Paging{}, list) {
		require.NoError(t, err)
		require.Equal(t, 1, item)
		break
	}
	for item, err := range All(t.Context(), Paging{Cursor: "x"}, list) {
		require.Zero(t, item)
		require.ErrorIs(t, err, io.EOF)
	}
}

func TestClient_DoesNotWaitForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Config{Server: "http://vedette", Timeout: time.Second})
		require.NoError(t, err)
		c.http.Transport = hanging{}
		_, err = c.Status(t.Context())
		require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(err))
		require.EqualError(t, err, "no answer from http://vedette within 1s")
	})
}

// hanging is a server that never answers.
type hanging struct{}

func (hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestIssueDetail_IsTheIssueWithMore(t *testing.T) {
	t.Parallel()
	var detail IssueDetail
	require.NoError(t, json.Unmarshal([]byte(`{"id":7,"model_id":"x","timeline":[{"id":1}]}`), &detail))
	require.EqualValues(t, 7, detail.ID)
	require.Len(t, detail.Timeline, 1)
}

func TestClient_TakesNoRedirectForAnAnswer(t *testing.T) {
	t.Parallel()
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.URL.Path)
		if path, ok := strings.CutPrefix(r.URL.Path, "/old"); ok {
			http.Redirect(w, r, path, http.StatusMovedPermanently)
			return
		}
		_, _ = io.WriteString(w, `{"name":"orders"}`)
	}))
	defer server.Close()
	c, err := New(Config{Server: server.URL + "/old"})
	require.NoError(t, err)
	defer c.Close()
	_, err = c.DeleteMonitor(t.Context(), "orders", "", "")
	require.EqualError(t, err, server.URL+" sends requests on to "+server.URL+": give the address at which it answers itself")
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
	require.Equal(t, []string{"DELETE /old/api/v1/monitors/orders"}, asked, "it would be shown what it was to delete, and take that for its end")
	read, err := c.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, "orders", read.Name)
}

func TestCheckRedirect(t *testing.T) {
	t.Parallel()
	request := func(method, url string) *http.Request { return httptest.NewRequest(method, url, nil) }
	secure := request("GET", "https://a.example/x")
	require.NoError(t, checkRedirect(request("GET", "https://b.example/x"), []*http.Request{secure}))
	require.ErrorContains(t, checkRedirect(request("GET", "http://a.example/x"), []*http.Request{secure}), "https://a.example sends requests on to http://a.example", "the token would be read")
	require.NoError(t, checkRedirect(request("POST", "https://a.example/x"), []*http.Request{request("POST", "http://a.example/x")}))
	var many []*http.Request
	for range mostRedirects {
		many = append(many, secure)
	}
	require.ErrorContains(t, checkRedirect(secure, many), "in circles")
}

func TestNew_RefusesAddressesThatWouldMislead(t *testing.T) {
	t.Parallel()
	for server, says := range map[string]string{
		"vedette.example":              "is no address of a server",
		"http://vedette.example/?x=1":  "is no address of a server",
		"http://vedette.example/#/a":   "is no address of a server",
		"http://me:hunter2@vedette.io": "has a user or a password in it",
	} {
		_, err := New(Config{Server: server})
		require.ErrorContains(t, err, says)
		require.NotContains(t, err.Error(), "hunter2")
	}
}
