package httpapi

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"
	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

func TestNew_RefusesToServeOthersWithoutTokens(t *testing.T) {
	t.Parallel()
	deps := Deps{Registry: prometheus.NewRegistry()}
	for _, address := range []string{":8000", "0.0.0.0:8000", "[::]:8000", "192.168.1.2:8000", "example.com:8000", "localhost.example.com:8000", "nonsense"} {
		_, err := New(deps, Config{Address: address, Auth: AuthToken})
		require.ErrorContains(t, err, "http_server.address", address)
	}
}

func TestAccess_OnlyForHostsThatMeanThisMachine(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asHost := func(host string) func(*http.Request) { return func(r *http.Request) { r.Host = host } }
	for _, host := range []string{"localhost", "LOCALHOST:8000", "localhost.:8000", "127.0.0.1", "127.8.8.8:1", "[::1]:8000", "[::1]"} {
		require.Equal(t, 200, w.send("GET", "/status", "", asHost(host)).status, host)
	}
	for _, host := range []string{"example.com", "example.com:8000", "127.0.0.1.example.com", "localhost.example.com", "0.0.0.0", "10.0.0.1", "::ffff:10.0.0.1"} {
		for _, path := range []string{"/status", "/", "/api/v1/monitors", "/metrics", "/api/openapi.json"} {
			got := w.send("GET", path, "", asHost(host))
			require.Equal(t, 403, got.status, "%s %s", host, path)
			require.Equal(t, "application/problem+json", got.header.Get("Content-Type"))
		}
	}
}

func TestAccess_NoneServesEveryHostAndWarns(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, func(w *world) {
		w.config.Auth = AuthNone
		w.config.Address = "0.0.0.0:0"
		w.deps.Logger = log.logger()
	})
	w.register("orders")
	w.url = strings.Replace(w.url, "[::]", "127.0.0.1", 1)
	require.Equal(t, 200, w.send("GET", "/status", "", func(r *http.Request) { r.Host = "monitoring.example.com" }).status)
	require.Equal(t, 200, w.send("POST", "/api/v1/monitors/orders/disable", "").status)
	require.Contains(t, w.send("GET", "/api/v1/events", "").body, `"actor":"anonymous"`)
	require.Contains(t, log.String(), "everybody who reaches the address is administrator")
}

func TestAccess_OtherSitesMayNotWrite(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	with := func(headers ...string) func(*http.Request) {
		return func(r *http.Request) {
			for i := 0; i < len(headers); i += 2 {
				r.Header.Set(headers[i], headers[i+1])
			}
		}
	}
	const path = "/api/v1/monitors/orders/disable"
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "same-site", "Origin", "http://localhost:3000"},
		{"Origin", "https://example.com"},
		{"Origin", "null"},
		{"Origin", "http://127.0.0.1:1"},
	} {
		require.Equal(t, 403, w.send("POST", path, "", with(headers...)).status, headers)
		require.Equal(t, 200, w.send("GET", "/api/v1/monitors", "", with(headers...)).status, "reading changes nothing, and browsers keep the answer from the page")
	}
	for _, headers := range [][]string{
		{},
		{"Sec-Fetch-Site", "same-origin", "Origin", w.url},
		{"Sec-Fetch-Site", "none"},
		{"Origin", w.url},
	} {
		require.Equal(t, 200, w.send("POST", path, "", with(headers...)).status, headers)
	}
	require.NotContains(t, w.send("GET", "/api/v1/monitors", "", with("Origin", "https://example.com")).header, "Access-Control-Allow-Origin")
}

// withRole serves an operation that takes one role to somebody who has another.
func withRole(t *testing.T, sender identity, metadata map[string]any) *httptest.ResponseRecorder {
	t.Helper()
	router := chi.NewRouter()
	a := &api{access: access{everybody: sender}}
	router.Use(a.named)
	a.huma = humachi.New(router, humaConfig(a.build))
	a.huma.UseMiddleware(a.authorize)
	huma.Register(a.huma, huma.Operation{Method: http.MethodGet, Path: "/", Metadata: metadata},
		func(_ context.Context, _ *struct{}) (*output[string], error) { return &output[string]{"done"}, nil })
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, "/", nil))
	return recorder
}

func TestAuthorize_ComparesRoles(t *testing.T) {
	t.Parallel()
	roles := []Role{Viewer, Responder, Editor, Admin}
	for _, has := range append(roles, 0) {
		for _, needs := range roles {
			got := withRole(t, identity{name: "ada", role: has}, map[string]any{metadataRole: needs})
			if has >= needs {
				require.Equal(t, 200, got.Code, "%s may do what takes %s", has, needs)
				continue
			}
			require.Equal(t, 403, got.Code, "%s may not do what takes %s", has, needs)
			require.Contains(t, got.Body.String(), "takes the role "+needs.String()+"; yours is "+has.String())
			require.Equal(t, "application/problem+json", got.Header().Get("Content-Type"))
		}
	}
	require.Equal(t, 403, withRole(t, identity{role: Admin}, nil).Code, "an operation that declares no role is for nobody")
}
