package httpapi

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestTokens_CreateListRevoke(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, withAdmin, func(w *world) { w.deps.Logger = log.logger() })
	c, err := client.New(client.Config{Server: w.url, Token: monitor.NewSecret(adminSecret)})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	created, err := c.CreateToken(t.Context(), client.TokenRequest{Name: "ci", Role: "editor", ExpiresIn: "30d"})
	require.NoError(t, err)
	require.Regexp(t, ownToken, created.Secret)
	require.Equal(t, "admin", created.CreatedBy)
	require.WithinDuration(t, time.Now().Add(30*24*time.Hour), *created.ExpiresAt, time.Minute)

	require.Equal(t, 200, w.send("GET", "/status", "", bearer(created.Secret)).status)
	page, err := c.Tokens(t.Context(), client.TokenFilter{}, client.Paging{})
	require.NoError(t, err)
	require.Len(t, page.Items, 1)
	require.NotNil(t, page.Items[0].LastUsedAt, "also when it has not been written yet")
	shown := page.Items[0]
	shown.LastUsedAt = nil
	require.Equal(t, created.Token, shown)
	text := w.send("GET", "/api/v1/tokens", "", bearer(adminSecret)).body
	require.NotContains(t, text, created.Secret)
	require.NotContains(t, text, hashOf(created.Secret))

	revoked, err := c.RevokeToken(t.Context(), created.ID)
	require.NoError(t, err)
	require.NotNil(t, revoked.RevokedAt)
	require.Equal(t, "admin", revoked.RevokedBy)
	_, err = c.RevokeToken(t.Context(), created.ID)
	w.code(monitor.CodeNotFound, "was revoked before", err)
	page, err = c.Tokens(t.Context(), client.TokenFilter{}, client.Paging{})
	require.NoError(t, err)
	require.Empty(t, page.Items)
	page, err = c.Tokens(t.Context(), client.TokenFilter{Revoked: true}, client.Paging{})
	require.NoError(t, err)
	require.Equal(t, []client.Token{revoked}, page.Items)

	for _, line := range []string{
		`msg="token created" actor=admin request_id=\S+ token=ci token_id=%d role=editor`,
		`msg="token revoked" actor=admin request_id=\S+ token=ci token_id=%d role=editor`,
	} {
		require.Regexp(t, fmt.Sprintf(line, created.ID), log.String())
	}
	require.NotContains(t, log.String(), created.Secret)
}

func TestTokens_PageByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	for _, name := range []string{"a", "b", "c"} {
		w.token(name, Viewer)
	}
	var first client.Page[client.Token]
	require.NoError(t, json.Unmarshal([]byte(w.send("GET", "/api/v1/tokens?limit=2", "", bearer(adminSecret)).body), &first))
	require.Len(t, first.Items, 2)
	require.Equal(t, "c", first.Items[0].Name)
	rest := w.send("GET", "/api/v1/tokens?limit=2&cursor="+*first.NextCursor, "", bearer(adminSecret)).body
	require.Contains(t, rest, `"name":"a"`)
	require.Contains(t, rest, `"next_cursor":null`)
}

func TestTokens_WhatIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	w.token("taken", Viewer)
	w.expired("free")
	for body, want := range map[string]struct {
		status int
		says   string
	}{
		`{"name":"free","role":"viewer"}`:                                                     {201, `"token":"vdt_`},
		`{"name":"taken","role":"admin"}`:                                                     {409, `taken`},
		`{"name":"ci","role":"root"}`:                                                         {422, "body.role"},
		`{"name":"ci"}`:                                                                       {422, "role"},
		`{"name":"","role":"viewer"}`:                                                         {422, "body.name"},
		`{"name":"7","role":"viewer"}`:                                                        {422, "body.name"},
		`{"name":"a b","role":"viewer"}`:                                                      {422, "body.name"},
		`{"name":"Admin","role":"viewer"}`:                                                    {422, "stands for"},
		`{"name":"local","role":"viewer"}`:                                                    {422, "stands for"},
		`{"name":"anonymous","role":"viewer"}`:                                                {422, "stands for"},
		`{"name":"ci","role":"viewer","expires_in":"soon"}`:                                   {422, "expires_in"},
		`{"name":"ci","role":"viewer","expires_in":"-1h"}`:                                    {422, "expires_in"},
		`{"name":"ci","role":"viewer","expires_in":"0"}`:                                      {422, "expires_in"},
		`{"name":"ci","role":"viewer","expires_in":"5000d"}`:                                  {422, "ten years"},
		`{"name":"ci","role":"viewer","expires_in":"99999999d"}`:                              {422, "expires_in"},
		`{"name":"ci","role":"viewer","expires_at":"2020-01-01T00:00:00Z"}`:                   {422, "expires_at"},
		`{"name":"ci","role":"viewer","expires_at":"tomorrow"}`:                               {422, "expires_at"},
		`{"name":"ci","role":"viewer","expires_at":"2027-01-01T00:00:00Z","expires_in":"1h"}`: {422, "leave one of them out"},
		`{"name":"ci","role":"viewer","token":"vdt_mine"}`:                                    {422, "token"},
		`{"name":"dated","role":"viewer","expires_at":"` + time.Now().Add(time.Hour).Format(time.RFC3339) + `"}`: {201, `"expires_at":"`},
	} {
		got := w.send("POST", "/api/v1/tokens", body, bearer(adminSecret))
		require.Equal(t, want.status, got.status, "%s: %s", body, got.body)
		require.Contains(t, got.body, want.says, body)
	}
	require.Equal(t, 404, w.send("DELETE", "/api/v1/tokens/999", "", bearer(adminSecret)).status)
}

func TestTokens_LastUseIsWrittenWhenTheServerStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	secret := w.token("ada", Viewer)
	require.Equal(t, 200, w.send("GET", "/status", "", bearer(secret)).status)
	lastUse := func() time.Time {
		found, err := w.store.TokenOf(t.Context(), hashOf(secret))
		require.NoError(t, err)
		return found.LastUsedAt
	}
	require.Zero(t, lastUse(), "a request writes nothing")
	w.server.api.access.keys.keep(t.Context())
	require.WithinDuration(t, time.Now(), lastUse(), time.Minute)
}

// accessMatches holds what is about access against the document. It leaves a token,
// so that further requests need one.
func accessMatches(w *world, d document, seen map[string]bool) {
	w.Helper()
	for _, call := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", sessionPath, "", 200},
		{"POST", sessionPath, `{"token":"nobody's"}`, 401},
		{"DELETE", sessionPath, "", 204},
		{"GET", "/api/v1/tokens", "", 200},
		{"POST", "/api/v1/tokens", `{"name":"ada","role":"admin","expires_in":"1h"}`, 201},
		{"DELETE", "/api/v1/tokens/{id}", "", 401},
	} {
		got := w.send(call.method, nowhere(call.path), call.body)
		require.Equal(w, call.status, got.status, "%s %s: %s", call.method, call.path, got.body)
		d.matches(call.method, call.path, got)
		seen[call.method+" "+call.path] = true
	}
	secret := w.token("grace", Admin)
	for path, body := range map[string]string{sessionPath: `{"token":"` + secret + `"}`, "/api/v1/tokens": ""} {
		method := "GET"
		if body != "" {
			method = "POST"
		}
		d.matches(method, path, w.send(method, path, body, bearer(secret)))
	}
}
