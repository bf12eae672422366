package httpapi

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestListen_RefusesToServeOthersWithoutTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	server := func(config Config) *Server {
		w.deps.Registry = prometheus.NewRegistry()
		server, err := New(w.deps, config)
		require.NoError(t, err)
		return server
	}
	// Those that it may serve are not listened on here: others could come.
	allowed := func(config Config) error {
		config.Address = "0.0.0.0:8000"
		return server(config).api.access.checkAddress(t.Context(), config.Address)
	}
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.168.1.2:0", "example.com:0", "localhost.example.com:0", "nonsense"} {
		err := server(Config{Address: address, Auth: AuthToken}).Listen(t.Context())
		require.ErrorContains(t, err, "http_server.address", address)
		require.ErrorContains(t, err, "set VEDETTE_ADMIN_TOKEN", address)
	}
	require.NoError(t, allowed(Config{Auth: AuthToken, AdminToken: monitor.NewSecret(adminSecret)}))
	require.NoError(t, allowed(Config{Auth: AuthNone}))
	w.expired("old")
	require.ErrorContains(t, allowed(Config{Auth: AuthToken}), "there is no token")
	w.token("ada", Viewer)
	require.NoError(t, allowed(Config{Auth: AuthToken}))
}

func TestListen_HealthAloneNeedsNoToken(t *testing.T) {
	t.Parallel()
	server, err := New(Deps{Registry: prometheus.NewRegistry(), Logger: slog.New(slog.DiscardHandler)}, Config{Address: "0.0.0.0:0", HealthOnly: true})
	require.NoError(t, err)
	require.Nil(t, server.api)
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

func TestAccess_WithoutTokensTheMachineItselfIsAdministrator(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	require.JSONEq(t, `{"name":"local","role":"admin","auth":"local","expires_at":null,"monitors_read_only":false}`, w.send("GET", sessionPath, "").body)
	require.Equal(t, 200, w.send("POST", "/api/v1/monitors/orders/disable", "").status)
	require.Contains(t, w.send("GET", "/api/v1/events", "").body, `"actor":"local"`)

	wrong := w.send("GET", "/status", "", bearer(tokenPrefix+"x"))
	require.Equal(t, 401, wrong.status, "who shows a token wants to be known by it")
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP"} {
		got := w.send("GET", "/status", "", func(r *http.Request) { r.Header.Set(header, "10.1.2.3") })
		require.Equal(t, 401, got.status, header)
		require.Contains(t, got.body, "proxy")
	}
}

func TestAccess_TheFirstTokenClosesTheDoorAndTheLastOneOpensItAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asOther := func(r *http.Request) { r.Host = "monitoring.example.com" }
	require.Equal(t, 403, w.send("GET", "/metrics", "", asOther).status)
	created, err := w.client.CreateToken(t.Context(), client.TokenRequest{Name: "ada", Role: "admin"})
	require.NoError(t, err)

	require.Equal(t, 401, w.send("GET", "/status", "").status, "the very next request")
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(created.Secret)).status)
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(created.Secret), asOther).status, "the token says who comes, whatever the host")
	require.Equal(t, 200, w.send("GET", "/metrics", "", asOther).status)
	for _, path := range []string{"/livez", "/readyz", "/metrics", "/api/openapi.json", "/"} {
		require.Equal(t, 200, w.send("GET", path, "").status, path)
	}

	require.Equal(t, 200, w.send("DELETE", fmt.Sprintf("/api/v1/tokens/%d", created.ID), "", bearer(created.Secret)).status, "also one's own")
	require.Equal(t, 401, w.send("GET", "/status", "", bearer(created.Secret)).status)
	require.Equal(t, 200, w.send("GET", "/status", "").status)
	require.Equal(t, 403, w.send("GET", "/status", "", asOther).status)
}

func TestAccess_ATokenOfTheEnvironmentClosesTheDoor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	require.Equal(t, 401, w.send("GET", "/status", "").status)
	require.Equal(t, 401, w.send("GET", "/status", "", bearer(adminSecret+"x")).status)
	require.JSONEq(t, `{"name":"admin","role":"admin","auth":"token","expires_at":null,"monitors_read_only":false}`, w.send("GET", sessionPath, "", bearer(adminSecret)).body)
}

func TestAccess_OthersAddressesNeverFallOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := w.token("ada", Admin)
	a := newAccess(w.store, Config{Address: "10.1.2.3:8000", Auth: AuthToken}, w.deps.Logger, newMetrics(prometheus.NewRegistry()))
	request := func(changes ...func(*http.Request)) error {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/status", nil)
		for _, change := range changes {
			change(r)
		}
		_, err := a.admit(r)
		return err
	}
	require.NoError(t, request(bearer(secret)))
	found, err := w.store.TokenOf(t.Context(), hashOf(secret))
	require.NoError(t, err)
	_, err = w.store.RevokeToken(t.Context(), found.ID, "ada", w.store.Now())
	require.NoError(t, err)
	a.keys.forget()
	require.ErrorContains(t, request(), "a token is needed")
	require.ErrorContains(t, request(bearer(secret)), "was revoked")
}

func TestAccess_AnotherProcessLearnsOfAChangeWithinMoments(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := w.token("ada", Admin)
	clock := &shifted{Database: w.store}
	a := newAccess(clock, w.config, w.deps.Logger, newMetrics(prometheus.NewRegistry()))
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/status", nil)
	bearer(secret)(r)
	_, err := a.admit(r)
	require.NoError(t, err)
	found, err := w.store.TokenOf(t.Context(), hashOf(secret))
	require.NoError(t, err)
	_, err = w.store.RevokeToken(t.Context(), found.ID, "ada", w.store.Now())
	require.NoError(t, err)
	clock.by(trust)
	_, err = a.admit(r)
	require.ErrorContains(t, err, "was revoked")
}

func TestAccess_WhileTheStoreIsAwayNobodyIsLetIn(t *testing.T) {
	t.Parallel()
	away := func(w *world) { w.deps.Store = absent{w.store} }
	w := newWorld(t, away)
	for _, changes := range [][]func(*http.Request){
		nil,
		{bearer(tokenPrefix + strings.Repeat("0", 64))},
		{func(r *http.Request) { r.AddCookie(&http.Cookie{Name: sessionCookie, Value: "x"}) }},
		{func(r *http.Request) { r.Host = "example.com" }},
	} {
		got := w.send("GET", "/api/v1/alerts", "", changes...)
		require.Equal(t, 503, got.status, got.body)
		require.NotEmpty(t, got.header.Get("Retry-After"))
	}
	require.Equal(t, 200, w.send("GET", "/livez", "").status)
	require.Equal(t, 200, newWorld(t, away, withAdmin).send("GET", sessionPath, "", bearer(adminSecret)).status, "the administrator needs no store to be known")
}

func TestAccess_LogsRefusedTokensWithoutThem(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, withAdmin, func(w *world) { w.deps.Logger = log.logger() })
	secret := w.token("ada", Viewer)
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(secret)).status)
	require.Equal(t, 401, w.send("GET", "/status", "", bearer("hunter2")).status)
	require.Equal(t, 401, w.send("GET", "/status", "", bearer(w.expired("old"))).status)
	require.Contains(t, log.String(), `msg="token refused" reason="nobody has this token" limited=false remote_address=127.0.0.1`)
	require.Contains(t, log.String(), `reason="the token \"old\" expired at `)
	for _, hidden := range []string{"hunter2", adminSecret, secret, hashOf(secret)} {
		require.NotContains(t, log.String(), hidden)
	}
}
