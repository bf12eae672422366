package httpapi

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

func TestListen_SaysWhichAddressIsInUse(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, taken.Close()) })
	deps := Deps{Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler)}

	server, err := New(deps, Config{Address: taken.Addr().String(), HealthOnly: true})
	require.NoError(t, err)
	err = server.Listen(t.Context())
	require.EqualError(t, err, "listen on "+taken.Addr().String()+": the address is in use: stop what listens there, or change http_server.address")

	server, err = New(deps, Config{Address: "127.0.0.1:0", HealthAddress: taken.Addr().String(), HealthOnly: true})
	require.NoError(t, err)
	require.ErrorContains(t, server.Run(t.Context()), "change http_server.health_address")
	require.Empty(t, server.Addr(), "the first address was let go of")
}

func TestServer_TheSecondAddressHasHealthOnly(t *testing.T) {
	t.Parallel()
	deps := Deps{Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler)}
	server, err := New(deps, Config{Address: "127.0.0.1:0", HealthAddress: "127.0.0.1:0", HealthOnly: true})
	require.NoError(t, err)
	require.Empty(t, server.Addr())
	require.NoError(t, server.Listen(t.Context()))
	require.NoError(t, server.Listen(t.Context()), "it listens already")
	require.NotEqual(t, server.Addr(), server.HealthAddr())

	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	client := &http.Client{}
	for path, status := range map[string]int{"/livez": 200, "/metrics": 200, "/status": 404} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+server.HealthAddr()+path, nil)
		require.NoError(t, err)
		request.Host = "10.1.2.3:8001"
		response, err := client.Do(request)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		require.Equal(t, status, response.StatusCode, path)
	}
	client.CloseIdleConnections()
	stop()
	require.NoError(t, <-ended)
}

// slowly serves a request that lasts until release is closed, and tells when it
// has begun.
func slowly(t *testing.T, grace time.Duration, release <-chan struct{}) (address string, begun <-chan struct{}, stop context.CancelFunc, ended <-chan error) {
	t.Helper()
	begins := make(chan struct{})
	deps := Deps{
		Registry: prometheus.NewRegistry(),
		Logger:   slog.New(slog.DiscardHandler),
		Checks: []Check{{Name: "slow", Do: func(context.Context) error {
			close(begins)
			<-release
			return nil
		}}},
	}
	server, err := New(deps, Config{Address: "127.0.0.1:0", HealthOnly: true, Grace: grace})
	require.NoError(t, err)
	require.NoError(t, server.Listen(t.Context()))
	ctx, stop := context.WithCancel(t.Context())
	ends := make(chan error, 1)
	address = server.Addr()
	go func() { ends <- server.Run(ctx) }()
	return address, begins, stop, ends
}

// ask sends a request and gives its status, or 0 if it got no answer.
func ask(t *testing.T, address string) <-chan int {
	t.Helper()
	answers := make(chan int, 1)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/readyz", nil)
	require.NoError(t, err)
	go func() {
		client := &http.Client{}
		defer client.CloseIdleConnections()
		response, err := client.Do(request)
		if err != nil {
			answers <- 0
			return
		}
		answers <- response.StatusCode
		_ = response.Body.Close()
	}()
	return answers
}

func TestServer_RequestsMayEndWhenItStops(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	address, begun, stop, ended := slowly(t, time.Minute, release)
	answer := ask(t, address)
	<-begun
	stop()
	close(release)
	require.Equal(t, 200, <-answer)
	require.NoError(t, <-ended)
}

func TestServer_RequestsThatTakeTooLongAreCutOff(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	address, begun, stop, ended := slowly(t, time.Millisecond, release)
	answer := ask(t, address)
	<-begun
	stop()
	require.NoError(t, <-ended)
	require.Zero(t, <-answer)
	close(release)
}
