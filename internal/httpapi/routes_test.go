package httpapi

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
)

// public are the routes that are no operations, and that everybody may ask for.
var public = []string{
	"GET /livez", "HEAD /livez", "GET /readyz", "HEAD /readyz", "GET /metrics",
	"GET /api/openapi.json", "GET /", "GET /assets/*",
}

// roles are those of operations that differ from the others of their kind: reading
// takes a viewer, and changing something a responder.
var roles = map[string]Role{
	"GET /api/v1/tokens":                                Admin,
	"POST /api/v1/tokens":                               Admin,
	"DELETE /api/v1/tokens/{id}":                        Admin,
	"POST /api/v1/session":                              Anyone,
	"DELETE /api/v1/session":                            Anyone,
	"PUT /api/v1/monitors/{name}":                       Editor,
	"DELETE /api/v1/monitors/{name}":                    Editor,
	"POST /api/v1/monitors/{name}/versions/{n}/restore": Editor,
	"POST /api/v1/validate":                             Editor,
	"POST /api/v1/try":                                  Editor,
	"POST /api/v1/test":                                 Editor,
	"POST /api/v1/query":                                Editor,
	"GET /api/v1/databases/{name}/tables":               Editor,
}

func roleOf(route string) Role {
	if role, ok := roles[route]; ok {
		return role
	}
	if strings.HasPrefix(route, "GET ") {
		return Viewer
	}
	return Responder
}

// operations are what the document describes, with the roles that it says they take.
func (d document) operations() map[string]string {
	d.Helper()
	found := map[string]string{}
	for path, methods := range d.at("paths") {
		for method, operation := range methods.(object) {
			role, ok := operation.(object)["x-role"].(string)
			require.True(d, ok, "%s %s declares a role", method, path)
			found[strings.ToUpper(method)+" "+path] = role
		}
	}
	return found
}

func TestRoutes_AreOperationsOrPublic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.deps.Registry = prometheus.NewRegistry()
	_, handler, err := newAPI(w.deps, w.config, newHealth(w.deps))
	require.NoError(t, err)
	operations := w.document().operations()
	seen := 0
	require.NoError(t, chi.Walk(handler.(chi.Routes), func(method, route string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		seen++
		name := method + " " + route
		if _, ok := operations[name]; !ok {
			require.Contains(t, public, name, "a route is an operation of the document, or listed here")
		}
		return nil
	}))
	require.Equal(t, len(public)+len(operations), seen)
}

func TestRoutes_DeclareTheRoleThatTheyShall(t *testing.T) {
	t.Parallel()
	d := newWorld(t).document()
	for route, role := range d.operations() {
		require.Equal(t, roleOf(route).String(), role, route)
		method, path, _ := strings.Cut(route, " ")
		operation := d.at("paths", path, strings.ToLower(method))
		responses := d.at("paths", path, strings.ToLower(method), "responses")
		if role == Anyone.String() {
			require.NotContains(t, operation, "security", route)
			continue
		}
		require.Equal(t, []any{object{"token": []any{}}, object{"session": []any{}}}, operation["security"], route)
		for _, status := range []string{"401", "403", "429"} {
			require.Contains(t, responses, status, route)
		}
	}
	for _, scheme := range []string{"token", "session"} {
		require.NotEmpty(t, d.at("components", "securitySchemes", scheme)["type"])
	}
}

// credential is what a request of the test carries.
type credential struct {
	name string
	// role is what it shall be good for; 0: nothing.
	role    Role
	session bool
	carry   func(*http.Request)
}

// credentials are of every kind there is.
func (w *world) credentials() []credential {
	w.Helper()
	withToken := func(name, secret string, role Role) credential {
		return credential{name: name, role: role, carry: bearer(secret)}
	}
	withSession := func(name, secret string, role Role) credential {
		return credential{name: name, role: role, session: true, carry: signedIn(secret)}
	}
	all := []credential{
		{name: "nothing", carry: func(*http.Request) {}},
		{name: "another kind of credentials", carry: func(r *http.Request) { r.SetBasicAuth("admin", adminSecret) }},
		{name: "a token in another header", carry: func(r *http.Request) { r.Header.Set("X-Token", adminSecret) }},
		withToken("an empty token", "", 0),
		withToken("garbage", "garbage", 0),
		withToken("a token that nobody has", tokenPrefix+strings.Repeat("0", 64), 0),
		withToken("a token as it is stored", hashOf(w.token("stored", Admin)), 0),
		withToken("a revoked token", w.revoked("revoked"), 0),
		withToken("an expired token", w.expired("expired"), 0),
		withToken("the administrator of the environment", adminSecret, Admin),
		withSession("a session that nobody has", "0", 0),
		withSession("a session of the administrator of the environment", w.signIn(adminSecret), Admin),
	}
	for _, role := range []Role{Viewer, Responder, Editor, Admin} {
		secret := w.token("the_"+role.String(), role)
		all = append(all, withToken("the token of "+role.String(), secret, role),
			withSession("a session of "+role.String(), w.signIn(secret), role))
	}
	return all
}

func TestRoutes_LetInWhoHasTheRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	credentials := w.credentials()
	operations := w.document().operations()
	require.Greater(t, len(operations), 20)
	for route := range operations {
		method, path, _ := strings.Cut(route, " ")
		for _, c := range credentials {
			if method+path == http.MethodDelete+sessionPath && c.session {
				// It would end; that it can is tested elsewhere.
				continue
			}
			// Wrong tokens are limited, which is not what this is about.
			w.server.api.access.attempts = attempts{}
			got := w.begin(method, nowhere(path), c.carry)
			requireAdmitted(t, roleOf(route), c.role, got, route+" with "+c.name+": "+got.body)
		}
	}
}

// nowhere fills in what a path asks for with what nothing has, so that the request
// changes nothing.
func nowhere(path string) string {
	path = strings.ReplaceAll(path, "{name}", "nothing")
	return regexp.MustCompile(`\{\w+\}`).ReplaceAllLiteralString(path, "999999")
}

// requireAdmitted requires that an answer lets in who has a role, or tells them why
// it does not.
func requireAdmitted(t *testing.T, needs, has Role, got answer, what string) {
	t.Helper()
	switch {
	case needs == Anyone || has >= needs:
		require.NotContains(t, []int{401, 403, 429, 500}, got.status, what)
	case has == 0:
		require.Equal(t, 401, got.status, what)
		require.Equal(t, challenge, got.header.Get("WWW-Authenticate"), what)
		require.Contains(t, got.body, "vedette token create", what)
		require.Equal(t, "application/problem+json", got.header.Get("Content-Type"), what)
	default:
		require.Equal(t, 403, got.status, what)
		require.Contains(t, got.body, "takes the role "+needs.String(), what)
		require.Contains(t, got.body, "has the role "+has.String(), what)
	}
}

// begin sends a request, and does not wait for the end of an answer that has none.
func (w *world) begin(method, path string, carry func(*http.Request)) answer {
	w.Helper()
	request, err := http.NewRequestWithContext(w.Context(), method, w.url+path, http.NoBody)
	require.NoError(w, err)
	carry(request)
	response, err := w.http.Do(request)
	require.NoError(w, err)
	got := answer{status: response.StatusCode, header: response.Header}
	if response.Header.Get("Content-Type") != "text/event-stream" {
		text, err := io.ReadAll(response.Body)
		require.NoError(w, err)
		got.body = string(text)
	}
	require.NoError(w, response.Body.Close())
	return got
}
