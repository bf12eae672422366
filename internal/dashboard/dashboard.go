// Package dashboard holds the page on which people see what is wrong: static
// files that ask the API for all they show.
//
// It must not know what the API is made of.
package dashboard

import (
	"embed"
	"net/http"
)

//go:embed index.html assets
var embedded embed.FS

// policy lets the page run its own script and style and talk to its own server,
// and nothing else: what monitors write is shown on it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page at / and its files below /assets/.
func Handler() http.Handler {
	files, err := load(embedded)
	if err != nil {
		// They were put into the binary when it was built, and tests have read them.
		panic(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		found, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		found.serve(w, r)
	})
}
