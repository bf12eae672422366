package egress

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestPolicy_ChecksURLs(t *testing.T) {
	t.Parallel()
	p, err := newPolicy([]string{"api.example.com", "*.shop.example:8443", "8.8.8.8", "10.0.0.1"}, false)
	require.NoError(t, err)
	for text, want := range map[string]string{
		"https://api.example.com/x?y=1":        "",
		"HTTP://API.EXAMPLE.COM.:8080/":        "",
		"https://eu.shop.example:8443":         "",
		"https://8.8.8.8/":                     "",
		"https://eu.shop.example":              `eu.shop.example is not among the hosts that may be called (http_client.allow: api.example.com, *.shop.example:8443, 8.8.8.8, 10.0.0.1)`,
		"https://api.example.com.evil.org":     "is not among the hosts",
		"https://api.example.com@evil.org":     "must not hold a name or password",
		"https://u:p@api.example.com":          "must not hold a name or password",
		"https://evil.org\\.api.example.com":   "cannot be read",
		"https://evil.org#@api.example.com":    "evil.org is not among",
		"https://10.0.0.1":                     "10.0.0.1 is not a public address (http_client.allow_private is off)",
		"https://[::ffff:10.0.0.1]":            "is not among the hosts",
		"ftp://api.example.com":                "must begin with https:// or http://",
		"file:///etc/passwd":                   "must begin with https:// or http://",
		"gopher://api.example.com":             "must begin with https:// or http://",
		"api.example.com/x":                    "must begin with https:// or http://",
		"//api.example.com/x":                  "must begin with https:// or http://",
		"https:///x":                           `"" is no host`,
		"https://аpi.example.com":              `is no host; a name with other letters is written in its form that begins with xn--`,
		"https://api.example.com:0":            `"0" is no port`,
		"https://api.example.com:70000":        `"70000" is no port`,
		"https://api.example.com%2eevil.org/":  "cannot be read",
		"https://api.example.com\r\nHost: x":   "cannot be read",
		"https://api.example.com%0d%0aHost:x/": "cannot be read",
		"https://[fe80::1%25eth0]/":            "is no host",
	} {
		u, err := url.Parse(text)
		if err == nil {
			err = p.checkURL(u)
		} else {
			err = refusef("the URL cannot be read")
		}
		if want == "" {
			require.NoError(t, err, text)
		} else {
			require.ErrorContains(t, err, want, text)
		}
	}
}

func TestClient_NoHostMayBeCalledUnlessAllowed(t *testing.T) {
	t.Parallel()
	c := newClient(t, Config{Allow: []string{}})
	require.Equal(t, &monitor.Failure{
		Kind: monitor.FailureHTTP, Message: "GET https://example.com/a: refused: no host may be called (http_client.allow is empty)",
	}, fails(t, c, monitor.Request{URL: "https://example.com/a?key=1"}))
}

// TestClient_ANameThatLeadsInsideIsRefused calls a name that is allowed and that
// anybody's name server could lead here.
func TestClient_ANameThatLeadsInsideIsRefused(t *testing.T) {
	t.Parallel()
	u := serve(t, nobodyComes(t))
	c := newClient(t, Config{Allow: []string{"localhost", "*"}})
	for _, host := range []string{"localhost", "127.1", "2130706433", "0x7f.1"} {
		failure := fails(t, c, monitor.Request{URL: "http://" + host + ":" + u.Port()})
		if failure.Kind == monitor.FailureConnection {
			require.Contains(t, failure.Message, "lookup", "the resolver does not take it for an address: %s", host)
			continue
		}
		require.Equal(t, monitor.FailureHTTP, failure.Kind, host)
		require.Contains(t, failure.Message, "is not a public address (http_client.allow_private is off)")
	}
}
