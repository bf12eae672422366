package client

import (
	"errors"
	"net/http"

	"github.com/vedettehq/vedette/internal/monitor"
)

// mostRedirects are followed; after more it goes in circles.
const mostRedirects = 10

// checkRedirect follows a redirect only if the same is asked for there. Go on its own
// has a DELETE or a PUT become a GET, whose answer looks as if it had been done. Nor
// does what was to be encrypted travel in the clear.
func checkRedirect(next *http.Request, before []*http.Request) error {
	first := before[0]
	switch {
	case next.Method != first.Method, first.URL.Scheme == "https" && next.URL.Scheme != "https":
		return monitor.Errorf(monitor.CodeInvalid, "%s://%s sends requests on to %s://%s: give the address at which it answers itself",
			first.URL.Scheme, first.URL.Host, next.URL.Scheme, next.URL.Host)
	case len(before) >= mostRedirects:
		return errors.New("it sends requests on in circles")
	default:
		return nil
	}
}
