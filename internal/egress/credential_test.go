package egress

import (
	"net/http"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestCredential_IsShownAndNeverSeen(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Echo", r.Header.Get("X-Key"))
		answer(w, "%s|%s|%s", r.Header.Get("Authorization"), r.Header.Get("X-Key"), r.URL.RawQuery)
	})
	arrived := map[string]string{
		"bearer": "Bearer [redacted]||a=1",
		"basic":  "Basic [redacted]||a=1",
		"header": "|[redacted]|a=1",
		"query":  "||a=1&key=[redacted]",
	}
	c := newClient(t, Config{Allow: []string{"127.0.0.1"}, AllowPrivate: true, Credentials: map[string]Credential{
		"bearer": {Kind: Bearer, Token: monitor.NewSecret("token-123")},
		"basic":  {Kind: Basic, Username: "u", Password: monitor.NewSecret("passw")},
		"header": {Kind: Header, Name: "X-Key", Value: monitor.NewSecret("value-123")},
		"query":  {Kind: Query, Name: "key", Value: monitor.NewSecret("value 123")},
	}})
	for name, want := range arrived {
		response, err := c.Call(t.Context(), monitor.Request{Method: "GET", URL: u.String() + "/?a=1", Auth: name})
		require.NoError(t, err, name)
		require.Equal(t, want, response.Body)
		require.NotContains(t, response.Headers["x-echo"], "value-123")
	}
}

func TestCredential_IsNotInAFailure(t *testing.T) {
	t.Parallel()
	u := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "bad token "+r.URL.RawQuery, http.StatusForbidden)
	})
	c := newClient(t, Config{Allow: []string{"127.0.0.1"}, AllowPrivate: true, Credentials: map[string]Credential{
		"query": {Kind: Query, Name: "key", Value: monitor.NewSecret("value-123")},
	}})
	require.Equal(t, "GET "+u.String()+": status 403 Forbidden: bad token key=[redacted]",
		fails(t, c, monitor.Request{URL: u.String(), Auth: "query"}).Message)
	require.NotContains(t, fails(t, c, monitor.Request{URL: "http://127.0.0.1:1", Auth: "query"}).Message, "value-123")
}

func TestCredential_IsShownToItsHostsOnly(t *testing.T) {
	t.Parallel()
	c := newClient(t, Config{Allow: []string{"*"}, Credentials: map[string]Credential{
		"billing": {Kind: Bearer, Token: monitor.NewSecret("token-123"), Hosts: []string{"billing.example", "*.pay.example:443"}},
	}})
	for url, want := range map[string]string{
		"https://evil.example/":            `refused: auth "billing" is not for evil.example, only for billing.example, *.pay.example:443 (http_client.auth.billing.hosts)`,
		"https://eu.pay.example:8443/":     `auth "billing" is not for eu.pay.example:8443`,
		"https://billing.example.evil.org": `is not for billing.example.evil.org`,
		"http://billing.example/":          `refused: auth "billing" is sent over https only`,
	} {
		require.Contains(t, fails(t, c, monitor.Request{URL: url, Auth: "billing"}).Message, want)
	}
}

func TestCredential_Mistakes(t *testing.T) {
	t.Parallel()
	u := serve(t, nobodyComes(t))
	c := newClient(t, Config{Allow: []string{"127.0.0.1"}, AllowPrivate: true, Credentials: map[string]Credential{
		"billing": {Kind: Bearer, Token: monitor.NewSecret("token-123")},
		"shop":    {Kind: Header, Name: "x-key", Value: monitor.NewSecret("token-123")},
	}})
	require.Contains(t, fails(t, c, monitor.Request{URL: u.String(), Auth: "biling"}).Message,
		`refused: there is no auth "biling": there is billing, shop (http_client.auth)`)
	require.Contains(t, fails(t, c, monitor.Request{URL: u.String(), Auth: "shop", Headers: map[string]string{"X-Key": "mine"}}).Message,
		"the header x-key is given twice: by headers and by auth")
	require.Contains(t, fails(t, newClient(t, Config{}), monitor.Request{URL: u.String(), Auth: "x"}).Message, "none is configured")
}

func TestNew_SaysWhatIsWrongWithTheConfiguration(t *testing.T) {
	t.Parallel()
	token := monitor.NewSecret("token-123")
	for want, config := range map[string]Config{
		`http_client.allow: "https://x" is no host`:                                {Allow: []string{"https://x"}},
		`http_client.auth.a: type bearer needs token`:                              {Credentials: map[string]Credential{"a": {Kind: Bearer}}},
		"http_client.auth.a: type basic needs username; type basic needs password": {Credentials: map[string]Credential{"a": {Kind: Basic}}},
		`http_client.auth.a: token is not for type header`:                         {Credentials: map[string]Credential{"a": {Kind: Header, Name: "X", Value: token, Token: token}}},
		`"X Y" is no name of a header`:                                             {Credentials: map[string]Credential{"a": {Kind: Header, Name: "X Y", Value: token}}},
		`the value of the header X has a line end`:                                 {Credentials: map[string]Credential{"a": {Kind: Header, Name: "X", Value: monitor.NewSecret("a\nb")}}},
		`http_client.auth.a: hosts: "x/y" is no host`:                              {Credentials: map[string]Credential{"a": {Kind: Bearer, Token: token, Hosts: []string{"x/y"}}}},
	} {
		_, err := New(config, prometheus.NewRegistry())
		require.ErrorContains(t, err, want)
	}
}
