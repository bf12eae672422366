package dashboard

import (
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	require.NotEmpty(t, parts(file{plain: ask(script).Body.Bytes()}))
	for _, part := range parts(file{plain: ask(script).Body.Bytes()}) {
		require.Contains(t, page.Body.String(), `<link rel="modulepreload" href="`+part+`">`, "it is asked for before the script has said so")
	}
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

func TestHandler_CompressesAndLetsBrowsersKeepWhatTheyHave(t *testing.T) {
	t.Parallel()
	ask := func(path string, headers ...string) *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		recorder := httptest.NewRecorder()
		Handler().ServeHTTP(recorder, request)
		return recorder
	}
	plain, zipped := ask(script), ask(script, "Accept-Encoding", "gzip, br", "Range", "bytes=0-10")
	require.Empty(t, plain.Header().Get("Content-Encoding"))
	require.Equal(t, "gzip", zipped.Header().Get("Content-Encoding"))
	require.Equal(t, 200, zipped.Code, "no parts of what is compressed")
	require.Equal(t, "Accept-Encoding", zipped.Header().Get("Vary"))
	reader, err := gzip.NewReader(zipped.Body)
	require.NoError(t, err)
	content, err := io.ReadAll(reader)
	require.NoError(t, err)
	require.Equal(t, plain.Body.Bytes(), content)
	require.NotEqual(t, plain.Header().Get("ETag"), zipped.Header().Get("ETag"))

	again := ask(script, "Accept-Encoding", "gzip", "If-None-Match", zipped.Header().Get("ETag"))
	require.Equal(t, 304, again.Code)
	require.Equal(t, "no-cache", again.Header().Get("Cache-Control"), "the name is the same in the next version")
	lasting, err := fs.Glob(embedded, "assets/*-*.js")
	require.NoError(t, err)
	require.NotEmpty(t, lasting)
	require.Contains(t, ask("/"+lasting[0]).Header().Get("Cache-Control"), "immutable")
}

// firstView is what a browser loads before it shows anything, compressed, in bytes.
const firstView = 100 << 10

func TestPage_IsSmallBeforeAnythingElseIsLoaded(t *testing.T) {
	t.Parallel()
	files, err := load(embedded)
	require.NoError(t, err)
	size := 0
	for _, name := range append([]string{"/", "/assets/dashboard.css", script}, parts(files[script])...) {
		require.Contains(t, files, name)
		zipped, err := files[name].zipped()
		require.NoError(t, err)
		size += len(zipped)
	}
	require.Less(t, size, firstView)
}

func TestPage_CannotBeMadeToRunWhatMonitorsWrite(t *testing.T) {
	t.Parallel()
	require.NotContains(t, policy, "unsafe")
	html, err := fs.ReadFile(embedded, "index.html")
	require.NoError(t, err)
	require.NotRegexp(t, `<script(?: [^>]*)?>[^<]`, string(html), "no script in the page itself")
	require.NotRegexp(t, `(?i)<style|\sstyle=|\son\w+=|javascript:`, string(html))
	require.NotRegexp(t, `https?://`, string(html), "everything comes from the server itself")

	require.NoError(t, fs.WalkDir(os.DirFS("web/src"), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(name, ".d.ts") {
			return err
		}
		source, err := os.ReadFile(filepath.Join("web/src", name))
		for _, way := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "createContextualFragment", "srcdoc"} {
			require.NotContains(t, string(source), way, name)
		}
		return err
	}))
}
