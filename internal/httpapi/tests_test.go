package httpapi

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// namedTester reports one test, which has the name of the monitor.
type namedTester struct{}

func (namedTester) Test(_ context.Context, name string, files monitor.Files) (client.TestReport, error) {
	return client.TestReport{
		Diagnostics: []client.Diagnostic{},
		Tests: []client.TestResult{{
			Name: "test_" + name, Position: "monitor_test.star:1:1", Log: []client.LogEntry{},
			Error: &client.Failure{Kind: "fail", Message: files[monitor.TestFile]},
		}},
	}, nil
}

func TestTests_ReportAndStoreNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	report, err := w.client.Test(t.Context(), client.Draft{Name: "orders", Files: map[string]string{monitor.TestFile: "said"}})
	require.NoError(t, err)
	require.Equal(t, "test_orders", report.Tests[0].Name)
	require.Equal(t, "said", report.Tests[0].Error.Message)
	require.Equal(t, 404, w.send("GET", "/api/v1/monitors/orders", "").status, "nothing is stored")
}

func TestTests_ShareTheirPlacesWithTries(t *testing.T) {
	t.Parallel()
	slow, with := withSlowTrier()
	w := newWorld(t, with)
	results := make(chan error)
	for range maxTries {
		go func() {
			_, err := w.client.Try(context.WithoutCancel(t.Context()), client.TryRequest{Draft: draft("orders", finds)})
			results <- err
		}()
		<-slow.started
	}
	refused := w.send("POST", "/api/v1/test", `{"name":"orders","files":{}}`)
	require.Equal(t, 429, refused.status, refused.body)
	require.Equal(t, tryAgain, refused.header.Get("Retry-After"))
	close(slow.stop)
	for range maxTries {
		require.NoError(t, <-results)
	}
}
