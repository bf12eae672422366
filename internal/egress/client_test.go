package egress

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestCall_SendsWhatItIsGivenAndGivesWhatComesBack(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Add("X-Two", "a")
		w.Header().Add("X-Two", "b")
		w.WriteHeader(http.StatusCreated)
		answer(w, "%s %s %s %s %s", r.Method, r.RequestURI, r.Header.Get("Content-Type"), r.Header.Get("User-Agent"), body)
	})
	response, err := newClient(t, Config{}).Call(t.Context(), monitor.Request{
		Method: "PATCH", URL: u.String() + "/a%2Fb?x=1#part", Headers: map[string]string{"content-type": "text/x"}, Body: "body",
	})
	require.NoError(t, err)
	require.Equal(t, 201, response.Status)
	require.Equal(t, "PATCH /a%2Fb?x=1 text/x vedette/test body", response.Body)
	require.Equal(t, "a, b", response.Headers["x-two"])
}

func TestCall_AStatusFrom400OnIsAFailureUnlessAllowed(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		answer(w, "<p>no\n  such thing</p>%s", strings.Repeat("x", 500))
	})
	c := newClient(t, Config{})
	failure := fails(t, c, monitor.Request{URL: u.String() + "/a?secret=1"})
	require.Equal(t, monitor.FailureHTTP, failure.Kind)
	require.True(t, strings.HasPrefix(failure.Message, "GET "+u.String()+"/a: status 404 Not Found: <p>no such thing</p>xxx"), failure.Message)
	require.Less(t, len(failure.Message), 300)

	response, err := c.Call(t.Context(), monitor.Request{Method: "GET", URL: u.String(), AllowStatus: []int{404}})
	require.NoError(t, err)
	require.Equal(t, 404, response.Status)
}

func TestCall_TakesTimeWithinItsLimitOnly(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	failure := fails(t, newClient(t, Config{Timeout: 30 * time.Millisecond}), monitor.Request{URL: u.String() + "/slow"})
	require.Equal(t, monitor.FailureTimeout, failure.Kind)
	require.Equal(t, "GET "+u.String()+"/slow: no whole response within the 30ms (http_client.timeout)", failure.Message)
	failure = fails(t, newClient(t, Config{}), monitor.Request{URL: u.String(), Timeout: 20 * time.Millisecond})
	require.Contains(t, failure.Message, "no whole response within the 20ms that it was given")
}

func TestCall_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	u := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-r.Context().Done()
	})
	limit := &monitor.Failure{Kind: monitor.FailureLimit, Message: "took longer than its execution_timeout of 1s"}
	for cause, want := range map[error]*monitor.Failure{
		limit:                  limit,
		errors.New("stopping"): {Kind: monitor.FailureCancelled, Message: "cancelled: stopping"},
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { <-arrived; cancel(cause) }()
		_, err := newClient(t, Config{}).Call(ctx, monitor.Request{Method: "GET", URL: u.String()})
		require.Equal(t, want, err)
	}
}

func TestCall_TakesNoMoreThanItsLimitOfBytes(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1000)) })
	failure := fails(t, newClient(t, Config{MaxBytes: 999}), monitor.Request{URL: u.String()})
	require.Equal(t, monitor.FailureHTTP, failure.Kind)
	require.Contains(t, failure.Message, "refused: the response has more than 999 bytes (http_client.max_response_size)")
	response, err := newClient(t, Config{MaxBytes: 1000}).Call(t.Context(), monitor.Request{Method: "GET", URL: u.String()})
	require.NoError(t, err)
	require.Len(t, response.Body, 1000)
}

func TestCall_AServerThatIsNotThereIsAFailureOfTheConnection(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(nil)
	gone.Close()
	failure := fails(t, newClient(t, Config{}), monitor.Request{URL: gone.URL + "/?key=1"})
	require.Equal(t, monitor.FailureConnection, failure.Kind)
	require.Contains(t, failure.Message, "GET "+gone.URL+"/: dial tcp 127.0.0.1:")
	require.NotContains(t, failure.Message, "key=1")
}

func TestCall_ACertificateMustBeTrusted(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(nobodyComes(t))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells that the client hung up
	server.StartTLS()
	t.Cleanup(server.Close)
	failure := fails(t, newClient(t, Config{}), monitor.Request{URL: server.URL})
	require.Equal(t, monitor.FailureConnection, failure.Kind)
	require.Contains(t, failure.Message, "the server's certificate is not trusted: ")
}

func TestCall_OpensNoMoreConnectionsThanAllowed(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int32
	release := make(chan struct{})
	two := make(chan struct{}, 8)
	u := serve(t, func(http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), now.Add(1)))
		two <- struct{}{}
		<-release
		now.Add(-1)
	})
	c := newClient(t, Config{MaxConnections: 2})
	done := make(chan error)
	for range 6 {
		go func() {
			_, err := c.Call(t.Context(), monitor.Request{Method: "GET", URL: u.String()})
			done <- err
		}()
	}
	<-two
	<-two
	close(release)
	for range 6 {
		require.NoError(t, <-done)
	}
	require.LessOrEqual(t, most.Load(), int32(2))
}

func TestCall_RefusesHeadersThatAreNotTheCodes(t *testing.T) {
	t.Parallel()
	u := serve(t, nobodyComes(t))
	for header, want := range map[[2]string]string{
		{"Host", "evil.example"}:        "the header Host follows from the call and cannot be set",
		{"content-length", "1"}:         "the header content-length follows from the call",
		{"Proxy-Authorization", "x"}:    "cannot be set",
		{"Transfer-Encoding", "x"}:      "cannot be set",
		{"X Y", "x"}:                    `"X Y" is no name of a header`,
		{"X\r\nY", "x"}:                 `is no name of a header`,
		{"", "x"}:                       `"" is no name of a header`,
		{"X-Own", "a\r\nSet-Cookie: x"}: "the value of the header X-Own has a line end",
	} {
		failure := fails(t, newClient(t, Config{}), monitor.Request{URL: u.String(), Headers: map[string]string{header[0]: header[1]}})
		require.Contains(t, failure.Message, want)
	}
}

// TestCall_TakesNoProxyFromTheEnvironment would be led through a proxy that reaches
// what the policy refuses.
func TestCall_TakesNoProxyFromTheEnvironment(t *testing.T) {
	proxy := serve(t, nobodyComes(t))
	t.Setenv("HTTP_PROXY", proxy.String())
	t.Setenv("http_proxy", proxy.String())
	c := newClient(t, Config{Allow: []string{"vedette.invalid"}})
	require.Equal(t, monitor.FailureConnection, fails(t, c, monitor.Request{URL: "http://vedette.invalid/"}).Kind)
}

func TestCall_IsCounted(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	registry := prometheus.NewRegistry()
	c, err := New(Config{Allow: []string{"127.0.0.1"}, AllowPrivate: true}, registry)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Close()) })
	_, err = c.Call(t.Context(), monitor.Request{Method: "GET", URL: u.String()})
	require.NoError(t, err)
	require.Equal(t, monitor.FailureHTTP, fails(t, c, monitor.Request{URL: u.String() + "/bad"}).Kind)
	families, err := registry.Gather()
	require.NoError(t, err)
	require.Len(t, families, 1)
	require.Equal(t, "vedette_http_client_duration_seconds", families[0].GetName())
	counts := map[string]uint64{}
	for _, metric := range families[0].GetMetric() {
		counts[metric.GetLabel()[0].GetValue()] = metric.GetHistogram().GetSampleCount()
	}
	require.Equal(t, map[string]uint64{"succeeded": 1, "http": 1}, counts)
}
