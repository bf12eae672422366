package trial_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/trial"
)

func TestTry_ResultsHaveNoSecretThatIsToldLater(t *testing.T) {
	t.Parallel()
	outside := run.Outside{
		Querier:      table{`{"id":1,"key":"x hunter2-42 y","deep":{"hunter2-42":["hunter2-42"]}}`},
		SecretHolder: run.Secrets{"KEY": monitor.NewSecret("hunter2-42")},
	}
	engine := trial.New(script.NewCompiler(lib.All(), script.Config{}), outside, trial.Config{})
	preview, _, err := engine.Try(t.Context(), trial.Request{Name: "leaky", Files: monitor.Files{monitor.CodeFile: `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)

def search():
    rows = query("shop", "select")
    log.info(secret("KEY"))
    return rows
`}})
	require.NoError(t, err)
	require.Len(t, preview.Queries, 1)
	require.JSONEq(t, `"x [redacted] y"`, string(preview.Queries[0].Sample.Rows[0].Values[1]))
	text, err := json.Marshal(preview)
	require.NoError(t, err)
	require.NotContains(t, string(text), "hunter2")
}

func TestTry_ShowsCallsAndNoSecret(t *testing.T) {
	t.Parallel()
	calls, err := egress.New(egress.Config{}, nil)
	require.NoError(t, err)
	outside := run.Outside{
		Querier:      run.NewDatabases(nil, nil),
		Caller:       calls,
		SecretHolder: run.Secrets{"KEY": monitor.NewSecret("hunter2-42")},
	}
	engine := trial.New(script.NewCompiler(lib.All(), script.Config{}), outside, trial.Config{})
	preview, _, err := engine.Try(t.Context(), trial.Request{Name: "leaky", Files: monitor.Files{monitor.CodeFile: `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)

def search():
    key = secret("KEY")
    log.info(key, key = key)
    attempt(query, "shop", key, key)
    attempt(http.get, "https://billing.example/" + key, params = {"key": key})
    variables.set("key", key)
    return [{"id": 1, "key": key}]
`}})
	require.NoError(t, err)
	require.Len(t, preview.Created, 1)
	require.Len(t, preview.Calls, 1)
	require.Equal(t, 1, preview.CallCount)
	require.Equal(t, "https://billing.example/[redacted]", preview.Calls[0].URL)
	require.Contains(t, preview.Calls[0].Error, "no host may be called (http_client.allow is empty)")
	text, err := json.Marshal(preview)
	require.NoError(t, err)
	require.NotContains(t, string(text), "hunter2")
}
