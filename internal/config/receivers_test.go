package config

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_ReadsReceivers(t *testing.T) {
	t.Parallel()
	config, err := load(t, `
http_server: {url: "https://watch.example"}
receivers:
  payments:
    slack: {channel: "${MAIN}", mention: "<!here>"}
    webhook:
      url: https://hooks.example/x
      secrets: [one, two]
  ops:
    throttle: {max: 5, per: 10m}
    email: {to: [ops@example.com], port: 25}
`, "MAIN=C0123", "SLACK_TOKEN=xoxb-1", "SLACK_APP_TOKEN= xapp-1")
	require.NoError(t, err)
	require.Equal(t, "https://watch.example", config.HTTPServer.URL)
	require.Equal(t, Throttle{Max: 20, Per: time.Minute}, config.Receivers["payments"].Throttle)
	require.Equal(t, Throttle{Max: 5, Per: 10 * time.Minute}, config.Receivers["ops"].Throttle)
	slack := config.Receivers["payments"].Targets["slack"]
	require.Equal(t, `{"channel":"C0123","mention":"<!here>"}`, slack.JSON.Reveal())
	require.True(t, strings.HasSuffix(slack.Where, "configs.yaml:5:5"), slack.Where)
	require.Equal(t, `{"url":"https://hooks.example/x","secrets":["one","two"]}`, config.Receivers["payments"].Targets["webhook"].JSON.Reveal())
	require.Equal(t, Slack{Token: monitor.NewSecret("xoxb-1"), AppToken: monitor.NewSecret("xapp-1")}, config.Slack)

	var out bytes.Buffer
	require.NoError(t, Print(&out, config))
	require.Contains(t, out.String(), "    slack: {} # not shown")
	require.NotContains(t, out.String(), "hooks.example")
	require.NotContains(t, out.String(), "xoxb")
}

func TestLoad_TellsWhatIsWrongWithReceivers(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{
		`configs.yaml:1:20: http_server.url: "watch.example" is no address of a page: write it as https://vedette.example.com`,
		`configs.yaml:3:3: receivers.payments: names nobody: say who is told, such as slack: {channel: C0123456789}`,
		`configs.yaml:4:3: receivers: "Ops" is no name: only a-z, 0-9 and _`,
	}, problems(t, `http_server: {url: watch.example}
receivers:
  payments: {throttle: {max: 1}}
  Ops: {slack: {channel: C0123}}
`))
	require.Equal(t, []string{
		`configs.yaml:3:5: receivers.shop.slack: expected keys with values below it, not "C0123"`,
		`configs.yaml:4:5: receivers.shop.email: NOT_THERE is not set in the environment`,
		`configs.yaml:5:16: unknown key "receivers.shop.throttle.most"`,
	}, problems(t, `receivers:
  shop:
    slack: C0123
    email: {to: "${NOT_THERE}"}
    throttle: {most: 5}
`))
}
