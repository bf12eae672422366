package dashboard

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func ask(path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	Handler().ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder
}

func TestHandler_ServesThePageAndWhatItNames(t *testing.T) {
	t.Parallel()
	page := ask("/")
	require.Equal(t, 200, page.Code)
	require.Equal(t, "text/html; charset=utf-8", page.Header().Get("Content-Type"))
	require.Equal(t, policy, page.Header().Get("Content-Security-Policy"))

	named := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page.Body.String(), -1)
	require.NotEmpty(t, named)
	for _, name := range named {
		got := ask(name[1])
		require.Equal(t, 200, got.Code, name[1])
		require.NotEmpty(t, got.Body.String(), name[1])
		require.Equal(t, "nosniff", got.Header().Get("X-Content-Type-Options"))
	}
	require.Equal(t, 404, ask("/assets/").Code, "no list of files")
	require.Equal(t, 404, ask("/assets/gone.js").Code)
	require.Equal(t, 404, ask("/dashboard.go").Code)
}

func TestPage_CannotBeMadeToRunWhatMonitorsWrite(t *testing.T) {
	t.Parallel()
	require.NotContains(t, policy, "unsafe")
	html, err := fs.ReadFile(files, "index.html")
	require.NoError(t, err)
	require.NotRegexp(t, `<script(?: [^>]*)?>[^<]`, string(html), "no script in the page itself")
	require.NotRegexp(t, `(?i)<style|\sstyle=|\son\w+=|javascript:`, string(html))

	script, err := fs.ReadFile(files, "assets/dashboard.js")
	require.NoError(t, err)
	for _, way := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "createContextualFragment", ".href"} {
		require.NotContains(t, string(script), way)
	}
	require.NotRegexp(t, `https?://`, string(script)+string(html), "everything comes from the server itself")
}

func TestPage_HasTheElementsThatTheScriptFills(t *testing.T) {
	t.Parallel()
	html, err := fs.ReadFile(files, "index.html")
	require.NoError(t, err)
	script, err := fs.ReadFile(files, "assets/dashboard.js")
	require.NoError(t, err)
	wanted := regexp.MustCompile(`byId\("([a-z-]+)"\)`).FindAllStringSubmatch(string(script), -1)
	require.NotEmpty(t, wanted)
	for _, id := range wanted {
		require.Equal(t, 1, strings.Count(string(html), `id="`+id[1]+`"`), id[1])
	}
}
