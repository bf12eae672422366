package client_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestAlive(t *testing.T) {
	t.Parallel()
	status, token := http.StatusOK, "unset"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("Authorization")
		w.WriteHeader(status)
	}))
	c, err := client.New(client.Config{Server: server.URL + "/", Token: monitor.NewSecret("s3cret")})
	require.NoError(t, err)
	defer c.Close()
	require.Equal(t, server.URL, c.Server())
	require.NoError(t, c.Alive(t.Context()))
	require.Empty(t, token, "whatever listens there does not learn it")

	status = http.StatusNotFound
	err = c.Alive(t.Context())
	require.Equal(t, monitor.CodeInternal, monitor.CodeOf(err))
	require.ErrorContains(t, err, "does not answer like vedette: 404")

	server.Close()
	require.Equal(t, monitor.CodeUnavailable, monitor.CodeOf(c.Alive(t.Context())))
}
