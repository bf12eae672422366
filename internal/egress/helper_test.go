package egress

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serve is a server on this machine.
func serve(t *testing.T, handler http.HandlerFunc) *url.URL {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	require.NoError(t, err)
	return u
}

// answer writes to a caller that may have hung up.
func answer(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }

// newClient is one that may call this machine.
func newClient(t *testing.T, config Config) *Client {
	t.Helper()
	if config.Allow == nil {
		config.Allow = []string{"127.0.0.1"}
		config.AllowPrivate = true
	}
	config.UserAgent = "vedette/test"
	c, err := New(config, prometheus.NewRegistry())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	return c
}

// fails makes a call that must fail.
func fails(t *testing.T, c *Client, r monitor.Request) *monitor.Failure {
	t.Helper()
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	_, err := c.Call(t.Context(), r)
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	return failure
}
