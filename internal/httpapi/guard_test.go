package httpapi

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHostileInputs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.find("orders", w.register("orders"), "7")
	contentType := func(value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Content-Type", value) }
	}
	const acknowledge = "/api/v1/alerts/1/acknowledge"
	for name, test := range map[string]struct {
		method, path, body string
		change             func(*http.Request)
		want               int
	}{
		"nothing there":         {"GET", "/api/v1/nothing", "", nil, 404},
		"wrong method":          {"DELETE", "/api/v1/alerts/1", "", nil, 405},
		"strange method":        {"BREW", "/api/v1/alerts", "", nil, 405},
		"path traversal":        {"GET", "/assets/..%2f..%2fgo.mod", "", nil, 404},
		"name with slash":       {"GET", "/api/v1/monitors/a%2Fb", "", nil, 404},
		"name that is SQL":      {"GET", "/api/v1/monitors/%27%20or%201=1", "", nil, 404},
		"name too long":         {"GET", "/api/v1/monitors/" + strings.Repeat("a", 300), "", nil, 422},
		"NUL in the path":       {"GET", "/api/v1/monitors/a%00b", "", nil, 400},
		"NUL in the query":      {"GET", "/api/v1/monitors?q=a%00b", "", nil, 400},
		"no UTF-8 in the query": {"GET", "/api/v1/monitors?q=%ff", "", nil, 400},
		"no UTF-8 in the path":  {"GET", "/api/v1/monitors/%ff", "", nil, 400},
		"broken escape":         {"GET", "/api/v1/monitors?q=%zz", "", nil, 400},
		"semicolon in a query":  {"GET", "/api/v1/monitors?label=team:a;b", "", nil, 400},
		"parameter without =":   {"GET", "/api/v1/silences?expired&monitor=orders", "", nil, 422},
		"another without =":     {"GET", "/api/v1/silences?monitor=orders&expired", "", nil, 422},
		"two labels of a name":  {"GET", "/api/v1/monitors?label=team:a&label=team:b", "", nil, 422},
		"query too long":        {"GET", "/api/v1/monitors?q=" + strings.Repeat("a", 300), "", nil, 422},
		"header too large":      {"GET", "/api/v1/monitors?q=" + strings.Repeat("a", 64<<10), "", nil, 431},
		"no number":             {"GET", "/api/v1/alerts/seven", "", nil, 422},
		"number too large":      {"GET", "/api/v1/alerts/9223372036854775808", "", nil, 422},
		"number not positive":   {"GET", "/api/v1/alerts/0", "", nil, 422},
		"no priority":           {"GET", "/api/v1/alerts?priority=6", "", nil, 422},
		"parameter twice":       {"GET", "/api/v1/alerts?status=active&status=solved", "", nil, 422},
		"no bool":               {"GET", "/api/v1/alerts?acknowledged=perhaps", "", nil, 422},
		"body too large":        {"POST", acknowledge, `{"comment":"` + strings.Repeat("x", maxBody) + `"}`, nil, 413},
		"broken body":           {"POST", acknowledge, `{"comment":`, nil, 400},
		"body of a wrong kind":  {"POST", acknowledge, `["x"]`, nil, 422},
		"field of a wrong kind": {"POST", acknowledge, `{"comment":7}`, nil, 422},
		"unknown field":         {"POST", acknowledge, `{"coment":"x"}`, nil, 422},
		"comment too long":      {"POST", acknowledge, `{"comment":"` + strings.Repeat("x", 2001) + `"}`, nil, 422},
		"NUL in a comment":      {"POST", acknowledge, `{"comment":"a\u0000b"}`, nil, 422},
		"deep body":             {"POST", acknowledge, strings.Repeat("[", 30000), nil, 400},
		"body that is no JSON":  {"POST", acknowledge, `comment=x`, contentType("application/x-www-form-urlencoded"), 415},
		"body of a page":        {"POST", acknowledge, `{"comment":"x"}`, contentType("text/plain"), 415},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.send(test.method, test.path, test.body, func(r *http.Request) {
				if test.change != nil {
					test.change(r)
				}
			})
			require.Equal(t, test.want, got.status, got.body)
			if test.want >= 400 && test.want != 431 && name != "path traversal" {
				require.Equal(t, "application/problem+json", got.header.Get("Content-Type"))
				require.Less(t, len(got.body), 4096, "an answer is not as large as what it refuses")
			}
		})
	}
	require.Equal(t, 200, w.send("POST", acknowledge, "").status, "and the server goes on")
}

func TestMethodNotAllowed_SaysWhichAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for path, allowed := range map[string]string{
		"/api/v1/alerts/1":             "GET",
		"/api/v1/monitors/orders":      "DELETE, GET, PUT",
		"/api/v1/alerts/1/acknowledge": "POST",
		"/livez":                       "GET, HEAD",
	} {
		got := w.send("PATCH", path, "")
		require.Equal(t, 405, got.status, path)
		require.Equal(t, allowed, got.header.Get("Allow"), path)
	}
}

func TestProblems_DoNotRepeatWhatWasSent(t *testing.T) {
	t.Parallel()
	got := newWorld(t).send("POST", "/api/v1/monitors/orders/refresh", `{"tasks":["hunter2"],"token":"hunter2"}`)
	require.Equal(t, 422, got.status)
	require.NotContains(t, got.body, "hunter2")
	require.Contains(t, got.body, "body.tasks[0]")
}

func TestHardened(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/api/v1/monitors", "/status", "/nothing", "/livez"} {
		header := w.send("GET", path, "").header
		require.Equal(t, "nosniff", header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-store", header.Get("Cache-Control"), path)
		require.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'", path)
		require.NotEmpty(t, header.Get(requestIDHeader), path)
	}
	named := func(id string) string {
		return w.send("GET", "/livez", "", func(r *http.Request) { r.Header.Set(requestIDHeader, id) }).header.Get(requestIDHeader)
	}
	require.Equal(t, "from-the-proxy.1", named("from-the-proxy.1"))
	require.NotContains(t, named(`forged" level=ERROR`), "forged")
}

func TestDashboard_IsServedUnlessSwitchedOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.send("GET", "/", "")
	require.Equal(t, 200, page.status)
	require.Contains(t, page.header.Get("Content-Security-Policy"), "script-src 'self'")
	require.Equal(t, 404, newWorld(t, func(w *world) { w.config.Dashboard = false }).send("GET", "/", "").status)
}
