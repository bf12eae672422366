package egress

import (
	"net/http"
	"slices"
)

// maxRedirects is how often a call may be sent elsewhere.
const maxRedirects = 5

// checkRedirect looks at where a server sends a call to. Another server is shown
// nothing but what every call has, not even after a way back: neither credentials
// nor the headers and the body that the code has set for the first one, nor where
// the call comes from.
func (c *Client) checkRedirect(next *http.Request, before []*http.Request) error {
	if len(before) > maxRedirects {
		return refusef("more than %d redirects", maxRedirects)
	}
	if err := c.policy.checkURL(next.URL); err != nil {
		return refusef("a redirect leads to %s://%s, which is %w", next.URL.Scheme, next.URL.Host, err)
	}
	next.Header.Del("Referer")
	if !leftOrigin(before, next) {
		return nil
	}
	if next.Body != nil && next.Body != http.NoBody {
		return refusef("a redirect would send the body on to %s: call it directly", next.URL.Host)
	}
	next.Header = http.Header{userAgent: []string{c.config.UserAgent}}
	return nil
}

// leftOrigin tells whether the way leads to any other server than the first.
func leftOrigin(before []*http.Request, next *http.Request) bool {
	elsewhere := func(request *http.Request) bool { return !sameOrigin(before[0].URL, request.URL) }
	return slices.ContainsFunc(before, elsewhere) || elsewhere(next)
}
