package httpapi

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

// accepting has a request ask for a coding, which Go's client then leaves alone.
func accepting(coding string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Accept-Encoding", coding) }
}

func unzipped(t *testing.T, body string) string {
	t.Helper()
	reader, err := gzip.NewReader(strings.NewReader(body))
	require.NoError(t, err)
	text, err := io.ReadAll(reader)
	require.NoError(t, err)
	return string(text)
}

func TestCompressed_AnswersInJSONToWhoUnderstandsIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		w.find(name, w.register(name), "1", "2", "3")
	}
	for _, path := range []string{
		"/api/v1/monitors", "/api/v1/issues", "/api/v1/issues/1", "/api/openapi.json", "/api/v1/language",
		"/api/v1/monitors?" + strings.Repeat("x", compressFrom),
	} {
		plain, zipped := w.send("GET", path, "", accepting("identity")), w.send("GET", path, "", accepting("br, gzip"))
		require.Equal(t, plain.status, zipped.status, path)
		require.Empty(t, plain.header.Get("Content-Encoding"), path)
		require.Equal(t, "gzip", zipped.header.Get("Content-Encoding"), path)
		require.Equal(t, plain.header.Get("Content-Type"), zipped.header.Get("Content-Type"), path)
		require.Equal(t, plain.body, unzipped(t, zipped.body), path)
		require.Less(t, len(zipped.body), len(plain.body)/2, path)
		for _, got := range []answer{plain, zipped} {
			require.Equal(t, "Accept-Encoding", got.header.Get("Vary"), path)
		}
	}
	monitors, err := w.client.Monitors(t.Context(), client.MonitorFilter{}, client.Paging{})
	require.NoError(t, err, "the client understands it, too")
	require.Len(t, monitors.Items, 4)
}

func TestCompressed_LeavesWhatIsSmallOrStreams(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, path := range []string{"/api/v1/monitors", "/api/v1/databases", "/livez", "/api/v1/nothing"} {
		require.Empty(t, w.send("GET", path, "", accepting("gzip")).header.Get("Content-Encoding"), path)
	}
	stream := w.begin("GET", "/api/v1/events/stream", accepting("gzip"))
	require.Equal(t, 200, stream.status)
	require.Empty(t, stream.header.Get("Content-Encoding"))
}

func TestCompressed_NeverWithASecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withAdmin)
	long := strings.Repeat("a", compressFrom)
	body, err := json.Marshal(map[string]string{"name": long, "role": "viewer"})
	require.NoError(t, err)
	refused := w.send("POST", "/api/v1/tokens", string(body), bearer(adminSecret), accepting("gzip"))
	require.Empty(t, refused.header.Get("Content-Encoding"))
	// However long it is, which that of a new token is not by itself.
	operations := w.document().operations()
	for route := range operations {
		method, path, _ := strings.Cut(route, " ")
		if method != http.MethodPost || path != "/api/v1/tokens" && path != sessionPath {
			continue
		}
		got := w.send(method, path, `{"`+long+`": "`+long+`"}`, bearer(adminSecret), accepting("gzip"))
		require.Greater(t, len(got.body), compressFrom, route)
		require.Empty(t, got.header.Get("Content-Encoding"), route)
	}
}

func TestAcceptsGzip(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br": false, "br, gzip": true, "*": true, "identity": false,
		"gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.5, br": true, "*;q=0": false, "gzip;q=0, *": false, "*, gzip;q=0": false,
		"gzip;q=x": false, "xgzip": false,
	} {
		require.Equal(t, want, acceptsGzip(header), header)
	}
}

func TestCompressed_InPiecesAndFlushed(t *testing.T) {
	t.Parallel()
	parts := []string{`{"a":"`, strings.Repeat("x", 700), strings.Repeat("y", 700), `"}`}
	for _, flushed := range []bool{false, true} {
		recorder := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Accept-Encoding", "gzip")
		compressed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusTeapot)
			for i, part := range parts {
				_, err := w.Write([]byte(part))
				if flushed && i == 0 {
					err = errors.Join(err, http.NewResponseController(w).Flush())
				}
				if err != nil {
					t.Error(err)
				}
			}
		})).ServeHTTP(recorder, request)
		require.Equal(t, http.StatusTeapot, recorder.Code)
		body := recorder.Body.String()
		if flushed {
			require.Empty(t, recorder.Header().Get("Content-Encoding"), "what is wanted at once is not kept back")
		} else {
			require.Equal(t, "gzip", recorder.Header().Get("Content-Encoding"))
			body = unzipped(t, body)
		}
		require.Equal(t, strings.Join(parts, ""), body)
	}
}

func TestCompressed_NothingGoesOutAfterAPanic(t *testing.T) {
	t.Parallel()
	recorder := httptest.NewRecorder()
	handler := compressed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, `{"half":`); err != nil {
			t.Error(err)
		}
		panic(errors.New("oh"))
	}))
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	request.Header.Set("Accept-Encoding", "gzip")
	require.Panics(t, func() { handler.ServeHTTP(recorder, request) })
	require.Empty(t, recorder.Body.String())
}
