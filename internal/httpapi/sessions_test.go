package httpapi

import (
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// signIn signs in with a token, and gives what a browser would keep.
func (w *world) signIn(token string) string {
	w.Helper()
	got := w.send("POST", sessionPath, `{"token":"`+token+`"}`)
	require.Equal(w, 201, got.status, got.body)
	return w.cookie(got).Value
}

// cookie gives the one that an answer sets.
func (w *world) cookie(got answer) *http.Cookie {
	w.Helper()
	set := (&http.Response{Header: got.header}).Cookies()
	require.Len(w, set, 1)
	return set[0]
}

// signedIn has a request be that of our page, in a browser that has signed in.
func signedIn(secret string) func(*http.Request) {
	return func(r *http.Request) {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: secret})
		r.Header.Set(intentHeader, "1")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
}

// has sends what a browser sends by itself.
func has(name, secret string) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: secret}) }
}

func TestSession_SignInAndOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.register("orders")
	secret := w.token("ada", Responder)
	got := w.send("POST", sessionPath, `{"token":"`+secret+`"}`)
	require.Equal(t, 201, got.status)
	require.Contains(t, got.body, `"name":"ada","role":"responder","auth":"session"`)
	cookie := w.cookie(got)
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.Equal(t, "/", cookie.Path)
	require.False(t, cookie.Secure, "a browser would not send it back here")
	require.NotContains(t, got.body, cookie.Value)

	browser := signedIn(cookie.Value)
	require.Contains(t, w.send("GET", sessionPath, "", browser).body, `"name":"ada"`)
	require.Equal(t, 200, w.send("POST", "/api/v1/monitors/orders/disable", "", browser).status)
	require.Contains(t, w.send("GET", "/api/v1/events", "", browser).body, `"actor":"ada"`)

	out := w.send("DELETE", sessionPath, "", browser)
	require.Equal(t, 204, out.status, out.body)
	require.Negative(t, w.cookie(out).MaxAge)
	require.Equal(t, 401, w.send("GET", sessionPath, "", browser).status, "it has ended, not only been forgotten")
	require.Equal(t, 204, w.send("DELETE", sessionPath, "").status, "nobody to sign out")
	_, err := w.store.SessionOf(t.Context(), hashOf(cookie.Value))
	w.code(monitor.CodeNotFound, "", err)
}

func TestSession_WrongTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	for body, status := range map[string]int{
		`{"token":"hunter2"}`:                  401,
		`{"token":"` + w.expired("old") + `"}`: 401,
		`{"token":"` + w.revoked("out") + `"}`: 401,
		`{"token":""}`:                         422,
		`{}`:                                   422,
		`{`:                                    400,
	} {
		got := w.send("POST", sessionPath, body)
		require.Equal(t, status, got.status, "%s: %s", body, got.body)
		require.Empty(t, got.header.Get("Set-Cookie"))
		require.NotContains(t, got.body, "hunter2")
	}
}

func TestSession_TheCookieIsSecureWhereTheConnectionIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	encrypted := func(r *http.Request) { r.Header.Set("X-Forwarded-Proto", "https") }
	got := w.send("POST", sessionPath, `{"token":"`+adminSecret+`"}`, encrypted)
	require.Equal(t, 201, got.status)
	set := (&http.Response{Header: got.header}).Cookies()
	require.Len(t, set, 2)
	require.Equal(t, secureCookie, set[0].Name)
	require.True(t, set[0].Secure)
	require.True(t, set[0].HttpOnly)
	require.Empty(t, set[1].Value, "what was kept under the other name goes")
	require.Contains(t, w.send("GET", sessionPath, "", encrypted, has(secureCookie, set[0].Value)).body, `"admin"`)
}

func TestSession_DiesWithItsToken(t *testing.T) {
	t.Parallel()
	clock := &shifted{}
	w := newWorld(t, withAdmin, func(w *world) {
		clock.Database = w.store
		w.deps.Store = clock
	})
	browser := signedIn(w.signIn(w.tokenUntil("short", Viewer, w.store.Now().Add(time.Hour))))
	created := w.token("ada", Viewer)
	other := signedIn(w.signIn(created))
	clock.by(59 * time.Minute)
	require.Equal(t, 200, w.send("GET", "/status", "", browser).status)
	clock.by(2 * time.Minute)
	require.Equal(t, 401, w.send("GET", "/status", "", browser).status, "expired")
	require.Equal(t, 200, w.send("GET", "/status", "", other).status)
	found, err := w.store.TokenOf(t.Context(), hashOf(created))
	require.NoError(t, err)
	require.Equal(t, 200, w.send("DELETE", "/api/v1/tokens/"+idPlace(found.ID), "", bearer(adminSecret)).status)
	require.Equal(t, 401, w.send("GET", "/status", "", other).status, "revoked")
	third := signedIn(w.signIn(w.token("grace", Viewer)))
	clock.by(sessionLength)
	require.Equal(t, 401, w.send("GET", "/status", "", third).status, "a week is over")
}

func TestSession_OfTheEnvironmentDiesWithItsToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url, http.NoBody)
	require.NoError(t, err)
	signedIn(w.signIn(adminSecret))(r)
	for token, name := range map[string]string{adminSecret: adminName, "another-token-of-theirs": "", "": ""} {
		config := w.config
		config.AdminToken = monitor.NewSecret(token)
		who, err := newAccess(w.store, config, w.deps.Logger, newMetrics(prometheus.NewRegistry())).bySession(r)
		require.NoError(t, err)
		require.Equal(t, name, who.name)
	}
}

func TestSession_OtherPagesCannotUseIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	w.register("orders")
	secret := w.signIn(adminSecret)
	const path = "/api/v1/monitors/orders/disable"
	with := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	cookie, intent := has(sessionCookie, secret), with(intentHeader, "1")
	for what, changes := range map[string][]func(*http.Request){
		"without the header":        {cookie},
		"from another site":         {cookie, intent, with("Sec-Fetch-Site", "cross-site")},
		"from another origin":       {cookie, intent, with("Origin", "https://example.com")},
		"same site, another origin": {cookie, intent, with("Sec-Fetch-Site", "same-site")},
	} {
		require.Equal(t, 403, w.send("POST", path, "", changes...).status, what)
		require.Equal(t, 403, w.send("DELETE", sessionPath, "", changes...).status, what)
	}
	require.Equal(t, 200, w.send("GET", "/status", "", cookie).status, "reading needs no header")
	require.Equal(t, 200, w.send("POST", path, "", cookie, intent, with("Sec-Fetch-Site", "same-origin")).status)
	require.Equal(t, 200, w.send("POST", path, "", bearer(adminSecret)).status, "a token needs none")
	require.Equal(t, 401, w.send("POST", path, "", cookie, intent, bearer("wrong")).status, "a token that is wrong is not made good by a cookie")
}

func TestSession_WithoutAccessControlNobodySignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin, func(w *world) { w.config.Auth = AuthNone })
	require.JSONEq(t, `{"name":"anonymous","role":"admin","auth":"none","expires_at":null,"monitors_read_only":false}`, w.send("GET", sessionPath, "").body)
	require.Equal(t, 409, w.send("POST", sessionPath, `{"token":"`+adminSecret+`"}`).status)
	who, err := w.client.Session(t.Context())
	require.NoError(t, err)
	require.Equal(t, client.AuthNone, who.Auth)
}
