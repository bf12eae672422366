package httpapi

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/trial"
)

// finds is a monitor that finds one issue, and solves those that it does not find.
const finds = `
monitor(search_cron = "0 * * * *", update_cron = "0 * * * *", model_id_key = "id", missing = "solve", alert = count_rule(low = 0))
def search():
    variables.set("seen", variables.get("seen", 0) + 1)
    return [{"id": "new"}]
`

func draft(name, code string) client.Draft {
	return client.Draft{Name: name, Files: map[string]string{monitor.CodeFile: code}}
}

func (w *world) try(r client.TryRequest) client.Preview {
	w.Helper()
	preview, err := w.client.Try(w.Context(), r)
	require.NoError(w, err)
	return preview
}

func TestTry_TellsWhatARunWouldWrite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	preview := w.try(client.TryRequest{Draft: draft("orders", finds)})
	require.Equal(t, "succeeded", preview.Status)
	require.Equal(t, []string{"update", "search"}, preview.Tasks)
	require.Len(t, preview.Created, 1)
	require.Equal(t, "new", preview.Created[0].ModelID)
	require.Len(t, preview.Alerts, 1)
	require.Equal(t, 404, w.send("GET", "/api/v1/monitors/orders", "").status, "nothing is stored")
}

func TestTry_StartsFromWhatIsStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("orders", finds, "")
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	w.find("orders", view.Declaration, "7", "8")

	preview := w.try(client.TryRequest{Draft: draft("orders", finds+"# changed")})
	require.Equal(t, 2, preview.ActiveIssues)
	require.Len(t, preview.Solved, 2)
	require.Equal(t, "7", preview.Solved[0].ModelID)
	require.NotNil(t, preview.Solved[0].ID)

	preview = w.try(client.TryRequest{Draft: draft("orders", finds), Tasks: []string{"search"}})
	require.Empty(t, preview.Solved)
	require.Len(t, preview.Created, 1)

	preview = w.try(client.TryRequest{Draft: draft("orders", finds), Issues: []json.RawMessage{json.RawMessage(`{"id":"given"}`)}})
	require.Equal(t, 1, preview.ActiveIssues)
	require.Equal(t, "given", preview.Solved[0].ModelID)
	preview = w.try(client.TryRequest{Draft: draft("orders", finds), Issues: []json.RawMessage{}})
	require.Zero(t, preview.ActiveIssues)

	stored, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, 2, stored.ActiveIssues)
	variables, err := w.store.Variables(t.Context(), stored.ID)
	require.NoError(t, err)
	require.Empty(t, variables)
}

func TestTry_R30_KnowsTheEndedIssuesOfUniqueMonitors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	unique := strings.Replace(finds, `missing = "solve"`, `missing = "solve", unique = True`, 1)
	w.put("orders", unique, "")
	require.Len(t, w.try(client.TryRequest{Draft: draft("orders", unique)}).Created, 1)
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	w.find("orders", view.Declaration, "new")
	issues, err := w.client.Issues(t.Context(), client.IssueFilter{Monitor: "orders"}, client.Paging{})
	require.NoError(t, err)
	_, err = w.client.DropIssue(t.Context(), issues.Items[0].ID, "")
	require.NoError(t, err)
	require.Empty(t, w.try(client.TryRequest{Draft: draft("orders", unique)}).Created)
}

func TestTry_BadInput(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.client.Try(t.Context(), client.TryRequest{Draft: draft("orders", finds+"nonsense()")})
	var invalid *client.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Len(t, invalid.Diagnostics, 1)
	w.code(monitor.CodeInvalid, "monitor.star:6:1: undefined: nonsense", err)
	_, err = w.client.Try(t.Context(), client.TryRequest{Draft: draft("orders", finds), Tasks: []string{"sing"}})
	w.code(monitor.CodeInvalid, "tasks", err)
	for _, issue := range []string{`7`, `"x"`, `null`, `[]`, `{"no":"id"}`} {
		_, err = w.client.Try(t.Context(), client.TryRequest{Draft: draft("orders", finds), Issues: []json.RawMessage{json.RawMessage(issue)}})
		w.code(monitor.CodeInvalid, "issues[0]", err)
	}
	preview := w.try(client.TryRequest{Draft: draft("orders", strings.Replace(finds, `"new"`, `1 // 0`, 1))})
	require.Equal(t, "failed", preview.Status, "that it fails is what the try tells")
}

func TestValidate_FindsMistakesAndStoresNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good, err := w.client.Validate(t.Context(), draft("orders", finds))
	require.NoError(t, err)
	require.True(t, good.Valid)
	require.Empty(t, good.Diagnostics)

	bad, err := w.client.Validate(t.Context(), draft("My Orders", "nonsense()"))
	require.NoError(t, err)
	require.False(t, bad.Valid)
	require.GreaterOrEqual(t, len(bad.Diagnostics), 2)
	empty, err := w.client.Validate(t.Context(), client.Draft{Name: "orders", Files: map[string]string{}})
	require.NoError(t, err)
	require.False(t, empty.Valid)
	require.Equal(t, 422, w.send("POST", "/api/v1/validate", `{"name":"orders"}`).status)
	require.NotContains(t, w.send("GET", "/api/v1/monitors", "").body, `"name"`)
}

// slowTrier tries until it is told to stop, and says with what context.
type slowTrier struct {
	started chan context.Context
	stop    chan struct{}
}

func (s *slowTrier) Try(ctx context.Context, _ trial.Request) (client.Preview, monitor.Diagnostics, error) {
	s.started <- ctx
	select {
	case <-s.stop:
		return client.Preview{Status: "succeeded"}, nil, nil
	case <-ctx.Done():
		return client.Preview{}, nil, context.Cause(ctx)
	}
}

func withSlowTrier() (*slowTrier, func(*world)) {
	s := &slowTrier{started: make(chan context.Context), stop: make(chan struct{})}
	return s, func(w *world) { w.deps.Trier = s }
}

func TestTry_OnlySoManyAtATime(t *testing.T) {
	t.Parallel()
	slow, with := withSlowTrier()
	w := newWorld(t, with)
	results := make(chan error)
	for range maxTries {
		go func() {
			_, err := w.client.Try(context.WithoutCancel(t.Context()), client.TryRequest{Draft: draft("orders", finds)})
			results <- err
		}()
		deadline, ok := (<-slow.started).Deadline()
		require.True(t, ok)
		require.Greater(t, time.Until(deadline), tryTimeout/2, "a monitor's own limits may be longer than those of other requests")
	}
	refused := w.send("POST", "/api/v1/try", `{"name":"orders","files":{"monitor.star":"monitor(search_cron = '@daily', model_id_key = 'id')\ndef search(): return []\ndef is_solved(issue): return True\n"}}`)
	require.Equal(t, 429, refused.status, refused.body)
	require.Equal(t, tryAgain, refused.header.Get("Retry-After"))
	require.Equal(t, 422, w.send("POST", "/api/v1/try", `{"name":"orders","files":{}}`).status, "mistakes are told all the same")
	close(slow.stop)
	for range maxTries {
		require.NoError(t, <-results)
	}
}

func TestTry_WhoeverGoesEndsIt(t *testing.T) {
	t.Parallel()
	slow, with := withSlowTrier()
	var log logbook
	w := newWorld(t, with, func(w *world) { w.deps.Logger = log.logger() })
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		_, err := w.client.Try(ctx, client.TryRequest{Draft: draft("orders", finds)})
		gone <- err
	}()
	theirs := <-slow.started
	cancel()
	require.ErrorIs(t, <-gone, context.Canceled)
	<-theirs.Done()
	require.Eventually(t, func() bool { return strings.Contains(log.String(), "path=/api/v1/try status=499") }, time.Minute, time.Millisecond)
	require.NotContains(t, log.String(), "request failed")
}
