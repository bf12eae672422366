package shoutrrr

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/notify"
)

// Addresses of all services in which 5ecret stands wherever a secret does. HOST is
// that of a server of the tests.
var addresses = []string{
	"bark://5ecretkey@api.day.app",
	"discord://5ecretkey@123456",
	"googlechat://chat.googleapis.com/v1/spaces/FOO/messages?key=5ecretkey&token=5ecrettoken",
	"gotify://HOST/A5ecretS.D4iJLV?disabletls=yes",
	"ifttt://5ecretkey/?events=a",
	"join://shoutrrr:5ecretkey@join/?devices=a",
	"lark://open.larksuite.com/5ecretkey",
	"matrix://:syt_5ecretkey@HOST/?rooms=!abc:example.com&disableTLS=yes",
	"mattermost://HOST/5ecretkey?disabletls=yes",
	"ntfy://bob:5ecretkey@HOST/topic?scheme=http",
	"opsgenie://api.opsgenie.com/5ecretkey",
	"pushbullet://o.A5ecretBCDEFGHIJKLMNOPQRSTUVWXYZ",
	"pushover://shoutrrr:api5ecretkey@user5ecretkey/",
	"rocketchat://HOST/5ecretkeyA/5ecretkeyB",
	"signal://HOST/+15551234567/+15559876543?disabletls=yes",
	"teams://11111111-4444-4444-8444-cccccccccccc@22222222-4444-4444-8444-cccccccccccc/33333333012222222222333333333344/" +
		"44444444-4444-4444-8444-cccccccccccc/V2ESyij_g5ecretQHvZoZYzlpAoAXExyOl26dlf1xHEx05?host=example.webhook.office.com",
	"telegram://110201543:A5ecretvCH1vGWJxfSeofSAs0K5PALDsaw1@telegram?chats=123",
	"wecom://5ecretkey",
	"zulip://bot%40zulip.example:5ecretkey@zulip.example/?stream=a&topic=b",
}

// here leads every request to one server, wherever it was to go.
type here struct{ host string }

func (h here) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.URL.Scheme, request.URL.Host = "http", h.host
	return (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
}

// It is not parallel: many services of the library cannot be told which transport
// to use.
func TestServices_GiveAnErrorForWhatIsNotTaken(t *testing.T) { //nolint:paralleltest // see above
	usual := http.DefaultTransport
	t.Cleanup(func() { http.DefaultTransport = usual })
	tested := map[string]bool{}
	for _, status := range []int{http.StatusForbidden, http.StatusTooManyRequests, http.StatusBadGateway, 0} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if status == 0 {
				panic(http.ErrAbortHandler)
			}
			http.Error(w, "no, not with "+r.URL.String(), status)
		}))
		host := strings.TrimPrefix(server.URL, "http://")
		http.DefaultTransport = here{host}
		for _, address := range addresses {
			parsed, err := url.Parse(address)
			require.NoError(t, err)
			tested[parsed.Scheme] = true
			if parsed.Scheme == "discord" && status != http.StatusForbidden {
				continue // It is tried again for minutes.
			}
			c := config(strings.ReplaceAll(address, "HOST", host))
			c.HTTP = &http.Client{Transport: http.DefaultTransport}
			opened, err := open(c)
			require.NoError(t, err, address)
			_, err = opened.(*Target).Say(t.Context(), nonce, "hello")
			require.Error(t, err, "%s after %d", address, status)
			require.NotContains(t, err.Error(), "5ecret")
			require.Equal(t, kindAfter(status), notify.KindOf(err), "%s after %d: %v", address, status, err)
		}
		server.Close()
	}
	require.Equal(t, services, tested)
}

func kindAfter(status int) notify.Kind {
	if status == 0 {
		return notify.Temporary
	}
	return notify.KindOfStatus(status)
}
