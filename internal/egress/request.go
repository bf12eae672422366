package egress

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
)

// ours are the headers that follow from the call itself. Setting them would let
// code speak to another server behind the one that is allowed, or garble the call.
var ours = []string{
	"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

// newRequest makes the request that code asks for, with the credential it names.
func (c *Client) newRequest(ctx context.Context, r *monitor.Request) (*http.Request, *credential, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, nil, refusef("the URL cannot be read")
	}
	u.Fragment = ""
	if err := c.policy.checkURL(u); err != nil {
		return nil, nil, err
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, u.String(), strings.NewReader(r.Body))
	if err != nil {
		return nil, nil, refusef("%q is no method", r.Method)
	}
	if r.Body == "" {
		request.Body, request.GetBody = http.NoBody, nil
	}
	for name, value := range r.Headers {
		if err := checkHeader(name, value); err != nil {
			return nil, nil, refusef("%w", err)
		}
		request.Header.Set(name, value)
	}
	if request.Header.Get(userAgent) == "" {
		request.Header.Set(userAgent, c.config.UserAgent)
	}
	if r.Auth == "" {
		return request, nil, nil
	}
	known, ok := c.credentials[r.Auth]
	if !ok {
		return nil, nil, refusef("there is no auth %q%s", r.Auth, c.knownCredentials())
	}
	return request, known, known.show(r.Auth, request, c.policy.allowPrivate)
}

const userAgent = "User-Agent"

// checkHeader says what is wrong with a header, if anything is. It does not repeat
// the value, which may be secret.
func checkHeader(name, value string) error {
	if name == "" || strings.ContainsFunc(name, notInToken) {
		return fmt.Errorf("%q is no name of a header", name)
	}
	if slices.Contains(ours, http.CanonicalHeaderKey(name)) || strings.HasPrefix(http.CanonicalHeaderKey(name), "Proxy-") {
		return fmt.Errorf("the header %s follows from the call and cannot be set", name)
	}
	if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		return fmt.Errorf("the value of the header %s has a line end or another control character in it", name)
	}
	return nil
}

func notInToken(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}

// named is the call as messages name it.
func named(r *monitor.Request) string { return strings.TrimSpace(r.Method + " " + r.Where()) }
