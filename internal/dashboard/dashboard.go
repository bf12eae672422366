// Package dashboard holds the page on which people see what is wrong: static
// files that ask the API for all they show.
//
// It must not know what the API is made of.
package dashboard

import (
	"embed"
	"net/http"
	"strings"
)

//go:embed index.html assets
var files embed.FS

// policy lets the page run its own script and style and talk to its own server,
// and nothing else: what monitors write is shown on it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page at / and its files below /assets/.
func Handler() http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		// The files come with the binary and have no time of their own by which a
		// browser could tell whether they changed.
		header.Set("Cache-Control", "no-cache")
		if r.URL.Path != "/" && strings.HasSuffix(r.URL.Path, "/") {
			// A list of the files is of no use to anybody.
			http.NotFound(w, r)
			return
		}
		server.ServeHTTP(w, r)
	})
}
