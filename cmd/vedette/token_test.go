package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestToken_FromTheFirstToTheLast(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	created := w.run("token", "create", "ada", "--role", "admin")
	require.Zero(t, created.status, created.errors)
	require.Regexp(t, `^vdt_[0-9a-f]{64}\n$`, created.out, "the token alone, for a variable")
	require.Empty(t, created.errors, "nobody watches")
	ada := strings.TrimSpace(created.out)
	as := func(token string, args ...string) ended {
		return vedette(t, []string{serverVariable + "=" + w.url, tokenVariable + "=" + token}, args...)
	}

	e := w.run("status")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "VEDETTE_TOKEN")
	require.Contains(t, e.errors, "vedette token create NAME --role ROLE")
	e = as("vdt_nobody", "status")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "nobody has this token")
	require.Zero(t, as(ada, "status").status)

	var ci client.CreatedToken
	e = as(ada, "token", "create", "ci", "--role", "viewer", "--expires", "30d", "-o", "json")
	require.NoError(t, json.Unmarshal([]byte(e.out), &ci), e.errors)
	require.Equal(t, "ada", ci.CreatedBy)
	require.NotNil(t, ci.ExpiresAt)
	e = as(ci.Secret, "monitor", "disable", "orders")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "this takes the role responder; ci has the role viewer")

	list := as(ada, "token", "list").out
	require.Regexp(t, `(?m)^ *2  ci +viewer +valid `, list)
	require.Regexp(t, `(?m)^ *1  ada +admin +valid .* local$`, list)
	require.NotContains(t, list, "vdt_")
	require.Equal(t, "ada\nci\n", sorted(as(ada, "__complete", "token", "revoke", "").out))

	require.Equal(t, "token 2 (ci): revoked\n", as(ada, "token", "revoke", "ci").out)
	require.Equal(t, exitFailed, as(ci.Secret, "status").status)
	e = as(ada, "token", "revoke", "ci")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, `there is no token "ci"`)
	require.Contains(t, as(ada, "token", "list", "--revoked").out, "revoked")
	require.Zero(t, as(ada, "token", "revoke", "1").status)
	require.Zero(t, w.run("status").status, "no token is left, and this is the machine itself")
}

// sorted are the completions of an answer.
func sorted(completions string) string {
	lines := strings.Split(strings.TrimSuffix(completions, ":4\n"), "\n")
	if len(lines) == 3 && lines[0] > lines[1] {
		lines[0], lines[1] = lines[1], lines[0]
	}
	return strings.Join(lines, "\n")
}

func TestToken_Usage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"token", "create", "ada"},
		{"token", "create", "--role", "admin"},
		{"token", "create", "ada", "--role", "root"},
		{"token", "revoke"},
		{"token", "list", "more"},
	} {
		e := vedette(t, nil, args...)
		require.Equal(t, exitUsage, e.status, "%v: %s", args, e.errors)
		require.Equal(t, 1, strings.Count(e.errors, "\n"), "%v: %s", args, e.errors)
	}
	w := newWorld(t)
	e := w.run("token", "create", "ada", "--role", "admin", "--expires", "soon")
	require.Equal(t, exitFailed, e.status)
	require.Contains(t, e.errors, "expires_in")
}

func TestTokenFor_NeverSendsTheAdministratorAway(t *testing.T) {
	t.Parallel()
	variables := map[string]string{adminVariable: "of the administrator"}
	lookup := func(name string) (string, bool, error) { return variables[name], variables[name] != "", nil }
	for address, want := range map[string]string{
		"http://127.0.0.1:8000":             "of the administrator",
		"http://localhost:8000":             "of the administrator",
		"http://[::1]:8000":                 "of the administrator",
		"https://monitoring.example.com":    "",
		"http://localhost.example.com:8000": "",
		"http://127.0.0.1.example.com":      "",
		"http://10.0.0.1:8000":              "",
	} {
		token, err := tokenFor(address, lookup)
		require.NoError(t, err)
		require.Equal(t, monitor.NewSecret(want), token, address)
	}
	variables[tokenVariable] = "mine"
	token, err := tokenFor("http://127.0.0.1:8000", lookup)
	require.NoError(t, err)
	require.Equal(t, "mine", token.Reveal())
}
