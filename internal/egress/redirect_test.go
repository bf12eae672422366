package egress

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func nobodyComes(t *testing.T) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("somebody came: %s %s", r.Method, r.URL)
	}
}

// resolving has names lead to servers on this machine, as if they were public;
// whatever else is dialled is checked as always.
func resolving(c *Client, names map[string]string) {
	checked := c.transport.DialContext
	c.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if server, ok := names[address]; ok {
			return new(net.Dialer).DialContext(ctx, network, server)
		}
		return checked(ctx, network, address)
	}
}

func TestRedirect_IsHeldAgainstThePolicyAgain(t *testing.T) {
	t.Parallel()
	inside := serve(t, nobodyComes(t))
	for target, want := range map[string]string{
		"http://evil.example/":                                  "a redirect leads to http://evil.example, which is refused: evil.example is not among the hosts",
		"http://" + inside.Host:                                 "is refused: 127.0.0.1 is not a public address",
		"http://localhost:" + inside.Port():                     "is not a public address",
		fmt.Sprintf("http://[::ffff:7f00:1]:%s", inside.Port()): "::ffff:127.0.0.1 is not a public address",
		"file:///etc/passwd":                                    "must begin with https:// or http://",
		"http://u:p@public.example/":                            "must not hold a name or password",
		"http://169.254.169.254/latest/meta-data/":              "hands out credentials of this machine",
	} {
		outside := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
		c := newClient(t, Config{Allow: []string{"public.example", "127.0.0.1", "localhost", "::ffff:127.0.0.1", "169.254.169.254"}})
		resolving(c, map[string]string{"public.example:80": outside.Host})
		failure := fails(t, c, monitor.Request{URL: "http://public.example/"})
		require.Equal(t, monitor.FailureHTTP, failure.Kind, target)
		require.Contains(t, failure.Message, want, target)
	}
}

func TestRedirect_IsFollowedOnTheSameServer(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusTemporaryRedirect)
			return
		}
		body, _ := io.ReadAll(r.Body)
		answer(w, "%s%s%s%s%s", r.URL.Path, r.Header.Get("X-Key"), r.Header.Get("Authorization"), r.Header.Get("Referer"), string(body))
	})
	c := newClient(t, Config{Allow: []string{"127.0.0.1"}, AllowPrivate: true, Credentials: map[string]Credential{
		"a": {Kind: Basic, Username: "u", Password: monitor.NewSecret("passw")},
	}})
	response, err := c.Call(t.Context(), monitor.Request{Method: "POST", URL: u.String() + "/old?q=1", Headers: map[string]string{"X-Key": "k"}, Body: "b", Auth: "a"})
	require.NoError(t, err)
	require.Equal(t, "/newkBasic [redacted]b", response.Body)
}

// TestRedirect_AnotherServerIsShownNothing follows a call from one server to the
// next and back: what was meant for the first goes nowhere else, and not even to
// the first at the other's bidding.
func TestRedirect_AnotherServerIsShownNothing(t *testing.T) {
	t.Parallel()
	type visit struct {
		host    string
		headers http.Header
	}
	visits := make(chan visit, 3)
	next := map[string]string{"/first": "http://other.example/second?x=1", "/second": "http://api.other.example/third", "/third": "http://public.example/fourth"}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/first" {
			visits <- visit{r.Host, r.Header}
		}
		if to := next[r.URL.Path]; to != "" {
			http.Redirect(w, r, to, http.StatusFound)
		}
	})
	c := newClient(t, Config{Allow: []string{"public.example", "*.other.example", "other.example"}, AllowPrivate: true, Credentials: map[string]Credential{
		"a": {Kind: Header, Name: "X-Token", Value: monitor.NewSecret("token-123")},
	}})
	resolving(c, map[string]string{"public.example:80": server.Host, "other.example:80": server.Host, "api.other.example:80": server.Host})
	_, err := c.Call(t.Context(), monitor.Request{
		Method: "GET", URL: "http://public.example/first?key=private", Auth: "a",
		Headers: map[string]string{"X-Own": "own", "Authorization": "mine", "Cookie": "c=1"},
	})
	require.NoError(t, err)
	for _, host := range []string{"other.example", "api.other.example", "public.example"} {
		seen := <-visits
		require.Equal(t, host, seen.host)
		require.Equal(t, http.Header{"User-Agent": {"vedette/test"}, "Accept-Encoding": {"gzip"}}, seen.headers)
	}
}

func TestRedirect_ABodyGoesToNobodyElse(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://other.example/", http.StatusTemporaryRedirect)
	})
	c := newClient(t, Config{Allow: []string{"*"}, AllowPrivate: true})
	resolving(c, map[string]string{"public.example:80": server.Host})
	failure := fails(t, c, monitor.Request{Method: "POST", URL: "http://public.example/", Body: "private"})
	require.Equal(t, "POST http://public.example/: refused: a redirect would send the body on to other.example: call it directly", failure.Message)
}

func TestRedirect_DoesNotGoOnForEver(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	failure := fails(t, newClient(t, Config{}), monitor.Request{URL: u.String() + "/loop"})
	require.Equal(t, "GET "+u.String()+"/loop: refused: more than 5 redirects", failure.Message)
}
