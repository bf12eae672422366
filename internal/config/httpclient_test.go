package config

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/egress"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_ReadsWhatMonitorsMayCall(t *testing.T) {
	t.Parallel()
	config, err := load(t, `
http_client:
  allow: [billing.example.com, "*.shop.example:8443"]
  allow_private: true
  timeout: 5s
  max_response_size: 1MiB
  max_connections: 3
  auth:
    billing: {type: bearer, token: "${BILLING_TOKEN}", hosts: [billing.example.com]}
    shop: {type: basic, username: u, password: 12345678, hosts: ["*.shop.example"]}
    maps: {type: query, name: key, value: "${BILLING_TOKEN}", hosts: [billing.example.com]}
`, "BILLING_TOKEN=hunter2")
	require.NoError(t, err)
	require.Empty(t, config.Warnings)
	c := config.HTTPClient
	require.Equal(t, []string{"billing.example.com", "*.shop.example:8443"}, c.Allow)
	require.True(t, c.AllowPrivate)
	require.Equal(t, 5*time.Second, c.Timeout)
	require.Equal(t, mebibyte, c.MaxResponseSize)
	require.Equal(t, 3, c.MaxConnections)
	require.Equal(t, egress.Credential{Kind: egress.Bearer, Token: monitor.NewSecret("hunter2"), Hosts: []string{"billing.example.com"}}, c.Auth["billing"].Credential())
	require.Equal(t, "12345678", c.Auth["shop"].Password.Reveal(), "a password may look like a number")
	require.Equal(t, egress.Query, c.Auth["maps"].Credential().Kind)
}

func TestLoad_TellsWhatIsWrongWithTheHTTPClient(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:2:11: http_client.allow: "https://a.example" is no host: write it as api.example.com, *.example.com or api.example.com:8443, without https:// and path`,
		`configs.yaml:4:5: http_client.auth.one: type bearer needs token`,
		`configs.yaml:5:5: http_client.auth.two: token is not for type basic; type basic needs password`,
		`configs.yaml:6:19: http_client.auth.three.type: "digest" is not understood: one of bearer, basic, header, query`,
		`configs.yaml:7:19: http_client.auth.four.token: NOT_THERE is not set in the environment`,
		`configs.yaml:8:5: http_client.auth.five: the header Host follows from the call and cannot be set`,
		`configs.yaml:9:39: http_client.auth.six.hosts: "*" cannot be among them: name the hosts that the credential is for`,
		`configs.yaml:10:5: http_client.auth: "Seven" is no name: only a-z, 0-9 and _`,
		`configs.yaml:11:28: unknown key "http_client.auth.eight.tokn" (did you mean "token"?)`,
	}, problems(t, `http_client:
  allow: ["https://a.example"]
  auth:
    one: {type: bearer}
    two: {type: basic, username: u, token: abcdef}
    three: {type: digest, token: abcdef}
    four: {token: "${NOT_THERE}"}
    five: {type: header, name: Host, value: abcdef}
    six: {token: abcdef, hosts: [a.b, "*"]}
    Seven: {}
    eight: {token: abcdef, tokn: x}
`))
}

func TestLoad_ACredentialIsNotForAnybody(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:2:8: http_client.auth.billing: hosts is missing: as "*" is in http_client.allow, any monitor could send the credential anywhere`,
	}, problems(t, `http_client:
  allow: ["*"]
  auth: {billing: {token: abcdef}, other: {token: abcdef, hosts: [a.example]}}
`))

	config, err := load(t, "http_client: {allow: [a.example, b.example], auth: {billing: {token: abcdef}}}\n")
	require.NoError(t, err)
	require.Len(t, config.Warnings, 1)
	require.Contains(t, config.Warnings[0].Message, "http_client.auth.billing: monitors may send it to all hosts of http_client.allow")

	config, err = load(t, "http_client: {allow: [a.example], auth: {billing: {token: abcdef}}}\n")
	require.NoError(t, err)
	require.Empty(t, config.Warnings, "there is one host that it can be for")
}
