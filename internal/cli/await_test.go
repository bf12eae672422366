package cli

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// server answers each path in turn with what is given for it, the last for ever.
func server(t *testing.T, answers map[string][]any) *client.Client {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		list := answers[r.URL.Path]
		if len(list) == 0 {
			http.Error(w, `{"detail":"nothing here"}`, http.StatusNotFound)
			return
		}
		if len(list) > 1 {
			answers[r.URL.Path] = list[1:]
		}
		if err := json.NewEncoder(w).Encode(list[0]); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	c, err := client.New(client.Config{Server: s.URL, Timeout: 10 * time.Second})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

func executions(list ...client.Execution) client.Page[client.Execution] {
	return client.Page[client.Execution]{Items: list}
}

func TestAwait_GivesTheExecutionThatWasAskedFor(t *testing.T) {
	t.Parallel()
	c := server(t, map[string][]any{
		"/api/v1/executions": {
			executions(client.Execution{ID: 7, FinishedAt: &noon}),
			executions(client.Execution{ID: 9}, client.Execution{ID: 8}, client.Execution{ID: 7}),
		},
		"/api/v1/executions/8": {
			client.Execution{ID: 8, Status: "queued"},
			client.Execution{ID: 8, Status: "running", StartedAt: &noon},
			client.Execution{ID: 8, Status: "failed", StartedAt: &noon, FinishedAt: &noon},
		},
	})
	s, b := terminal(80)
	execution, err := Await(t.Context(), c, "orders", 7, NewProgress(s))
	require.NoError(t, err)
	require.EqualValues(t, 8, execution.ID)
	require.Equal(t, "failed", execution.Status)
	for _, stage := range []string{"orders: due", "waiting for an executor", "running"} {
		require.Contains(t, b.String(), stage)
	}
}

func TestAwait_EndsWithTheContextAndWithTheServer(t *testing.T) {
	t.Parallel()
	s, _ := pipe()
	c := server(t, map[string][]any{"/api/v1/executions": {executions()}})
	late := errors.New("too late")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 10*time.Millisecond, late)
	defer cancel()
	_, err := Await(ctx, c, "orders", 7, NewProgress(s))
	require.ErrorIs(t, err, late)

	_, err = Await(t.Context(), server(t, nil), "orders", 7, NewProgress(s))
	require.Equal(t, monitor.CodeNotFound, monitor.CodeOf(err))
}

func TestExplain(t *testing.T) {
	t.Parallel()
	c := server(t, map[string][]any{"/status": {client.Status{Version: "v2"}}})
	unknown := monitor.Errorf(monitor.CodeNotFound, "there is nothing at /x")
	require.EqualError(t, Explain(t.Context(), c, "v1", unknown), "there is nothing at /x (the server is version v2, this command v1)")
	require.Equal(t, unknown, Explain(t.Context(), c, "v2", unknown))
	conflict := monitor.Errorf(monitor.CodeConflict, "already solved")
	require.Equal(t, conflict, Explain(t.Context(), c, "v1", conflict))
	require.NoError(t, Explain(t.Context(), c, "v1", nil))

	away, err := client.New(client.Config{Server: "http://127.0.0.1:1"})
	require.NoError(t, err)
	_, err = away.Status(t.Context())
	require.ErrorContains(t, Explain(t.Context(), away, "v1", err), "(--server or VEDETTE_SERVER says where vedette is)")
}
