package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/config"
)

func TestHealthcheck_AsksWhereThisMachineReachesTheProcess(t *testing.T) {
	t.Parallel()
	for want, server := range map[string]config.HTTPServer{
		"http://127.0.0.1:8001/readyz": {Address: "10.0.0.1:8000", HealthAddress: "0.0.0.0:8001"},
		"http://127.0.0.1:8000/readyz": {Address: "[::]:8000"},
		"http://127.0.0.1:9000/readyz": {Address: ":9000"},
		"http://10.0.0.1:8000/readyz":  {Address: "10.0.0.1:8000"},
	} {
		got, err := healthURL(server, "/readyz")
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestHealthcheck_FailsWithWhatIsNotReady(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" {
			http.Error(w, "the database is away", http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(server.Close)

	require.NoError(t, askHealth(t.Context(), server.URL+"/livez"))
	require.ErrorContains(t, askHealth(t.Context(), server.URL+"/readyz"), "503 Service Unavailable: the database is away")
}

func TestPluginTags_AreForTheGivenFileAndItsVariablesNeedNotBeSet(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "configs.yaml")
	content := "plugins: [store.postgres, database.postgres]\napplication_queue: {type: postgres}\nhttp_server: {address: \"${NOT_SET_ANYWHERE}\"}\n"
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))

	var out bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetArgs([]string{"plugin", "tags", "--config", file})
	require.NoError(t, root.ExecuteContext(t.Context()))
	require.Equal(t, "custom,database.postgres,queue.postgres,store.postgres", strings.TrimSpace(out.String()))
}
