package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// ordersCode is a monitor that finds nothing.
const ordersCode = `"""About orders."""
monitor(search_cron = "0 * * * *", model_id_key = "id", alert = count_rule(low = 0))
def search():
    return []
def is_solved(issue):
    return False
`

func upload(code string) client.Upload {
	return client.Upload{Files: map[string]string{monitor.CodeFile: code}, Message: "because"}
}

// put makes a monitor with this code, or replaces what is there.
func (w *world) put(name, code, match string) client.Registered {
	w.Helper()
	registered, err := w.client.PutMonitor(w.Context(), name, upload(code), match)
	require.NoError(w, err)
	return registered
}

func (w *world) number(name string) int {
	w.Helper()
	view, err := w.store.Monitor(w.Context(), name)
	require.NoError(w, err)
	return view.Version
}

func TestPut_MakesAndReplaces(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := w.put("orders", ordersCode, "")
	require.True(t, made.Changed)
	require.Equal(t, 1, made.Version)
	require.Equal(t, "api", made.Source)
	require.Equal(t, "About orders.", made.Summary)
	require.Equal(t, monitor.Files{monitor.CodeFile: ordersCode}.Hash(), made.Hash)
	require.Empty(t, made.Diagnostics)

	read, err := w.client.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	require.Equal(t, made.Monitor, read)

	same := w.put("orders", ordersCode, made.ETag)
	require.False(t, same.Changed)
	require.Equal(t, made.ETag, same.ETag)

	replaced := w.put("orders", ordersCode+"# changed", made.ETag)
	require.True(t, replaced.Changed)
	require.Equal(t, 2, replaced.Version)
	require.NotEqual(t, made.ETag, replaced.ETag)
	require.NotEqual(t, made.Hash, replaced.Hash)

	version, err := w.client.Version(t.Context(), "orders", 2)
	require.NoError(t, err)
	require.Equal(t, "local", version.Author)
	require.Equal(t, "because", version.Message)
}

func TestPut_StatusAndHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	body := fmt.Sprintf(`{"files":{"monitor.star":%q}}`, ordersCode)
	made := w.send("PUT", "/api/v1/monitors/orders", body)
	require.Equal(t, 201, made.status, made.body)
	tag := made.header.Get("ETag")
	require.Regexp(t, `^"v\d+"$`, tag)
	require.Equal(t, tag, w.send("GET", "/api/v1/monitors/orders", "").header.Get("ETag"))
	require.Contains(t, w.send("GET", "/api/v1/monitors", "").body, `"etag":"`+strings.ReplaceAll(tag, `"`, `\"`)+`"`)

	for _, match := range []string{tag, "*", "W/" + tag, strings.Trim(tag, `"`), `"other", ` + tag} {
		got := w.send("PUT", "/api/v1/monitors/orders", body, header("If-Match", match))
		require.Equal(t, 200, got.status, "%s: %s", match, got.body)
		require.Equal(t, tag, got.header.Get("ETag"))
	}
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func TestPut_Preconditions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.put("orders", ordersCode, "")
	w.put("orders", ordersCode+"# 2", first.ETag)
	body := fmt.Sprintf(`{"files":{"monitor.star":%q}}`, ordersCode+"# 3")
	for _, test := range []struct {
		path   string
		header func(*http.Request)
		status int
		says   string
	}{
		{"orders", header("X-None", ""), 428, "send If-Match with the etag that it had when you read it"},
		{"orders", header("If-None-Match", "*"), 412, "there is a monitor \\\"orders\\\" already"},
		{"orders", header("If-Match", first.ETag), 412, "at version 2 by now, which local registered at 20"},
		{"orders", header("If-Match", "nonsense"), 412, "at version 2 by now"},
		{"orders", header("If-None-Match", first.ETag), 422, "If-None-Match: only * is understood"},
		{"orders", header("If-Match", strings.Repeat("x", 2000)), 422, "If-Match"},
		{"missing", header("If-Match", first.ETag), 412, "does not exist"},
		{"missing", header("If-Match", "*"), 412, "does not exist"},
	} {
		got := w.send("PUT", "/api/v1/monitors/"+test.path, body, test.header)
		require.Equal(t, test.status, got.status, got.body)
		require.Contains(t, got.body, test.says)
	}
	require.Equal(t, 2, w.number("orders"), "nothing was stored")
	require.Equal(t, 404, w.send("GET", "/api/v1/monitors/missing", "").status)

	_, err := w.client.PutMonitor(t.Context(), "orders", upload(ordersCode), first.ETag)
	w.code(monitor.CodeStale, "at version 2 by now", err)
}

func TestPut_TheETagOfADeletedNamesakeIsNoGood(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.put("orders", ordersCode, "")
	_, err := w.client.DeleteMonitor(t.Context(), "orders", "", first.ETag)
	require.NoError(t, err)
	again := w.put("orders", ordersCode, "")
	require.Equal(t, first.Version, again.Version)
	_, err = w.client.PutMonitor(t.Context(), "orders", upload(ordersCode+"# new"), first.ETag)
	w.code(monitor.CodeStale, "", err)
	_, err = w.client.DeleteMonitor(t.Context(), "orders", "", first.ETag)
	w.code(monitor.CodeStale, "", err)
}

func TestPut_NamesAllMistakes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.client.PutMonitor(t.Context(), "orders", client.Upload{Files: map[string]string{
		monitor.CodeFile: "nonsense()\n" + ordersCode + "more_nonsense()\n", "../x.sql": "",
	}}, "")
	w.code(monitor.CodeInvalid, "more errors)", err)
	var invalid *client.Invalid
	require.ErrorAs(t, err, &invalid)
	require.Len(t, invalid.Diagnostics, 3)
	require.Equal(t, client.Diagnostic{File: "monitor.star", Line: 1, Column: 1, Message: "undefined: nonsense", Severity: "error"}, invalid.Diagnostics[1])
	require.Equal(t, 404, w.send("GET", "/api/v1/monitors/orders", "").status)
}

func TestPut_RefusesAReceiverThatNobodyKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := strings.Replace(ordersCode, "monitor(", "monitor(\n    notifications = [receiver(\"nobody\")],\n", 1)
	want := []client.Diagnostic{{
		File: "monitor.star", Line: 3, Column: 31, Severity: "error", Code: "unknown_receiver",
		Message: `unknown receiver "nobody": the configuration has none`,
	}}
	_, err := w.client.PutMonitor(t.Context(), "orders", upload(code), "")
	w.invalid(want, err)
	_, err = w.client.Try(t.Context(), client.TryRequest{Draft: draft("orders", code)})
	w.invalid(want, err)
	validity, err := w.client.Validate(t.Context(), draft("orders", code))
	require.NoError(t, err)
	require.Equal(t, client.Validity{Valid: false, Diagnostics: want}, validity)
}

func (w *world) invalid(want []client.Diagnostic, err error) {
	w.Helper()
	var invalid *client.Invalid
	require.ErrorAs(w, err, &invalid)
	require.Equal(w, want, invalid.Diagnostics)
}

func TestPut_RefusesWhatCannotBeStored(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := func(content string) string { return `{"files":{"monitor.star":` + content + `}}` }
	good := fmt.Sprintf("%q", ordersCode)
	for name, test := range map[string]struct {
		path, body string
		status     int
		says       string
	}{
		"no body":                {"orders", "", 400, "required"},
		"broken body":            {"orders", `{"files":`, 400, ""},
		"no files":               {"orders", `{"message":"x"}`, 422, "files"},
		"files that are null":    {"orders", `{"files":null}`, 422, "files"},
		"files in a list":        {"orders", `{"files":[]}`, 422, "files"},
		"a file that is null":    {"orders", files("null"), 422, "files"},
		"a file that is no text": {"orders", files(`{"x":1}`), 422, "files"},
		"unknown field":          {"orders", `{"files":{},"author":"eve"}`, 422, "author"},
		"no code":                {"orders", `{"files":{"README.md":"x"}}`, 422, "there is no such file"},
		"no UTF-8":               {"orders", files("\"a\xff\""), 400, "not UTF-8"},
		"half a character":       {"orders", files(`"a\ud800"`), 400, "half a character"},
		"NUL in a file":          {"orders", files(`"a\u0000"`), 422, "U+0000"},
		"NUL in a name":          {"orders", `{"files":{"a\u0000b":""}}`, 422, "printed"},
		"NUL in the message":     {"orders", `{"files":{"monitor.star":` + good + `},"message":"\u0000"}`, 422, "message"},
		"long message":           {"orders", `{"files":{"monitor.star":` + good + `},"message":"` + strings.Repeat("x", 2001) + `"}`, 422, "message"},
		"file too large":         {"orders", files(`"` + strings.Repeat("x", script.MaxFileBytes+1) + `"`), 422, "at most 1 MiB"},
		"body too large":         {"orders", files(`"` + strings.Repeat("x", maxUpload) + `"`), 413, ""},
		"too many files":         {"orders", tooManyFiles(), 422, ""},
		"name with a hyphen":     {"my-orders", files(good), 422, "must consist of a-z, 0-9 and _"},
		"name with capitals":     {"Orders", files(good), 422, "must consist of a-z, 0-9 and _"},
		"name with a slash":      {"a%2Fb", files(good), 422, "must consist of"},
		"name of what is shared": {"shared", files(good), 422, "what monitors share"},
		"name too long":          {strings.Repeat("a", 201), files(good), 422, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			got := w.send("PUT", "/api/v1/monitors/"+test.path, test.body)
			require.Equal(t, test.status, got.status, got.body)
			require.Contains(t, got.body, test.says)
			require.Equal(t, "application/problem+json", got.header.Get("Content-Type"))
			require.Less(t, len(got.body), 4096)
		})
	}
	require.NotContains(t, w.send("GET", "/api/v1/monitors", "").body, `"name"`)
	require.Equal(t, 415, w.send("PUT", "/api/v1/monitors/orders", files(good), header("Content-Type", "text/plain")).status)
}

func tooManyFiles() string {
	files := map[string]string{}
	for i := range catalog.MaxUploadFiles + 1 {
		files[fmt.Sprintf("%d.sql", i)] = ""
	}
	text, _ := json.Marshal(client.Upload{Files: files}) // strings can be encoded
	return string(text)
}

func TestPut_TakesTheLargestThatAFolderMayHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := map[string]string{monitor.CodeFile: ordersCode}
	line := strings.Repeat("\"select\"\n", script.MaxFileBytes/9)
	for i := range 3 {
		files[fmt.Sprintf("%d.sql", i)] = line
	}
	_, err := w.client.PutMonitor(t.Context(), "orders", client.Upload{Files: files}, "")
	require.NoError(t, err)
	version, err := w.client.Version(t.Context(), "orders", 1)
	require.NoError(t, err)
	require.Equal(t, files, version.Files)
}

func TestPut_R67_AnotherKeyDropsIssuesOnlyIfTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.put("orders", ordersCode, "")
	view, err := w.store.Monitor(t.Context(), "orders")
	require.NoError(t, err)
	w.find("orders", view.Declaration, "7")
	other := upload(strings.Replace(ordersCode, `"id"`, `"order_id"`, 1))
	_, err = w.client.PutMonitor(t.Context(), "orders", other, "*")
	w.code(monitor.CodeConflict, "drop_issues", err)
	other.DropIssues = true
	registered, err := w.client.PutMonitor(t.Context(), "orders", other, "*")
	require.NoError(t, err)
	require.Zero(t, registered.ActiveIssues)
	events, err := w.client.Events(t.Context(), client.EventFilter{Name: "issue_dropped"}, client.Paging{})
	require.NoError(t, err)
	require.Equal(t, "local", *events.Items[0].Actor)
}
