package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/script"
)

// registrationMatches compares what is answered about content with the document.
func registrationMatches(w *world, d document, seen map[string]bool) {
	w.Helper()
	body := func(code string) string { return fmt.Sprintf(`{"name":"mine","files":{"monitor.star":%q}}`, code) }
	put := func(code string) string { return strings.Replace(body(code), `"name":"mine",`, "", 1) }
	const path = "/api/v1/monitors/{name}"
	for _, call := range []struct {
		method, path, body string
		status             int
		match              string
	}{
		{"PUT", path, put(ordersCode), 201, ""},
		{"PUT", path, put(ordersCode), 428, ""},
		{"PUT", path, put(ordersCode), 412, "x"},
		{"PUT", path, put(ordersCode + "# 2"), 200, "*"},
		{"PUT", path, put("nonsense()"), 422, "*"},
		{"PUT", path, `{}`, 422, "*"},
		{"GET", path + "/versions", "", 200, ""},
		{"GET", path + "/versions/{n}", "", 200, ""},
		{"POST", path + "/versions/{n}/restore", "", 200, ""},
		{"POST", path + "/versions/{n}/restore", `{"message":"x"}`, 412, "x"},
		{"POST", "/api/v1/validate", body(ordersCode), 200, ""},
		{"POST", "/api/v1/validate", body("nonsense()"), 200, ""},
		{"POST", "/api/v1/try", body(ordersCode), 200, ""},
		{"POST", "/api/v1/try", body("nonsense()"), 422, ""},
		{"POST", "/api/v1/test", body(ordersCode), 200, ""},
		{"DELETE", path, "", 412, "x"},
		{"DELETE", path, `{"comment":"x"}`, 200, ""},
		{"DELETE", path, "", 404, ""},
		{"POST", path + "/versions/{n}/restore", "", 201, ""},
	} {
		path := strings.NewReplacer("{name}", "mine", "{n}", "1").Replace(call.path)
		got := w.send(call.method, path, call.body, func(r *http.Request) {
			if call.match != "" {
				r.Header.Set("If-Match", call.match)
			}
		})
		require.Equal(w, call.status, got.status, "%s %s %s", call.method, path, got.body)
		d.matches(call.method, call.path, got)
		seen[call.method+" "+call.path] = true
	}
}

func TestDocument_StatesTheLimitsOfFiles(t *testing.T) {
	t.Parallel()
	d := newWorld(t).document()
	for _, schema := range []string{"Upload", "Draft", "TryRequest"} {
		files := d.at("components", "schemas", schema, "properties", "files")
		require.EqualValues(t, catalog.MaxUploadFiles, files["maxProperties"], schema)
		says := fmt.Sprintf("At most %d of its own, %d MiB each, and %d MiB together.", script.MaxFiles, script.MaxFileBytes>>20, script.MaxBytes>>20)
		require.Contains(t, files["description"], says, schema)
	}
}
