package webhook

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/notify/notifytest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestTarget(t *testing.T) {
	t.Parallel()
	notifytest.Run(t, notifytest.Harness{
		Open: func(t *testing.T) (notify.Target, notifytest.Service) {
			service, url := serve(t)
			return opened(t, fmt.Sprintf(`{"url":%q,"secrets":[%q,%q],"headers":{"Authorization":"Bearer hunter2"}}`, url, secret, oldSecret)), service
		},
		Secrets: []string{"T0KEN", secret, oldSecret, "hunter2"},
	})
}

func opened(t *testing.T, settings string) notify.Target {
	t.Helper()
	target, err := Driver().Open(config(settings))
	require.NoError(t, err)
	return target
}

func TestTarget_SendsCloudEvents(t *testing.T) {
	t.Parallel()
	service, url := serve(t)
	target := opened(t, fmt.Sprintf(`{"url":%q,"secrets":[%q]}`, url, secret))
	defer func() { require.NoError(t, target.Release()) }()
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "0193a000-0000-7000-8000-00000000000a", r)
	require.NoError(t, err)

	got := service.last()
	require.Equal(t, "application/cloudevents+json", got.header.Get("Content-Type"))
	require.Equal(t, "vedette/test", got.header.Get("User-Agent"))
	var e map[string]any
	require.NoError(t, json.Unmarshal([]byte(got.body), &e))
	require.Equal(t, got.header.Get("Webhook-Id"), e["id"])
	require.NotEmpty(t, e["time"])
	delete(e, "id")
	delete(e, "time")
	want := `{"specversion":"1.0","source":"/vedette/monitors/stuck_orders","type":"vedette.notification.created","subject":"alerts/42",
		"datacontenttype":"application/json","data":{"notification_id":"0193a000-0000-7000-8000-00000000000a",
		"title":"Stuck orders","monitor":"stuck_orders","summary":"Orders that nobody ships.","labels":{"team":"payments"},
		"alert_id":42,"status":"active","priority":3,"priority_name":"moderate","acknowledged":false,"locked":false,"active_issues":2,
		"fields":["order_id","state"],"issues":[{"model_id":"7001","values":{"order_id":"7001","state":"awaiting"}},
		{"model_id":"7002","values":{"order_id":"7002","state":"-"}}],"more_issues":0,
		"url":"http://127.0.0.1:8000/#/alerts/42","docs_url":"http://127.0.0.1:8000/#/monitors/stuck_orders",
		"created_at":"2026-11-23T12:00:00Z","solved_at":null}}`
	rest, err := json.Marshal(e)
	require.NoError(t, err)
	require.JSONEq(t, want, string(rest))
}

func TestTarget_SendsWhatATemplateMakes(t *testing.T) {
	t.Parallel()
	service, url := serve(t)
	template := `{"text":{{json (printf "%s is %s" .Title .PriorityName)}},"data":{"notification_id":{{json .NotificationID}}},"event":{{json .Event}}}`
	target := opened(t, fmt.Sprintf(`{"url":%q,"secrets":[%q],"template":%q,"content_type":"application/json"}`, url, secret, template))
	defer func() { require.NoError(t, target.Release()) }()
	r, err := target.Render(notifytest.Card(func(c *notify.Card) { c.Title = `"</b>` }))
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "n", r)
	require.NoError(t, err)
	require.JSONEq(t, `{"text":"\"</b> is moderate","data":{"notification_id":"n"},"event":"created"}`, service.last().body)
	require.Equal(t, "application/json", service.last().header.Get("Content-Type"))
}

func TestOpen_SaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	for settings, want := range map[string]string{
		`{}`:                              `receivers.ops.webhook.url: it has to look like https://hooks.example.com/vedette`,
		`{"url":"ftp://hunter2.example"}`: `receivers.ops.webhook.url: it has to look like https://hooks.example.com/vedette`,
		`{"url":7}`:                       `receivers.ops.webhook.url: expected a value of type string, not number`,
		`{"ulr":"x"}`:                     `unknown key "receivers.ops.webhook.ulr"`,
		`{"url":"http://a.example","secrets":["hunter2"]}`:                          "receivers.ops.webhook.secrets: each has to be whsec_ and at least 16 bytes in base64, as `echo whsec_$(openssl rand -base64 24)` makes it",
		`{"url":"http://a.example","headers":{"webhook-id":"x"}}`:                   `receivers.ops.webhook.headers: webhook-id is set by vedette`,
		`{"url":"http://a.example","headers":{"X Team":"x"}}`:                       `receivers.ops.webhook.headers: "X Team" is no name of a header`,
		`{"url":"http://a.example","headers":{"Authorization":"Bearer hunter2\n"}}`: `receivers.ops.webhook.headers: the value of Authorization has a line end or another control character in it`,
		`{"url":"http://a.example","content_type":"text/plain\n"}`:                  `receivers.ops.webhook.content_type: the value of Content-Type has a line end or another control character in it`,
		`{"url":"http://a.example","template":"{{.Titel}}"}`:                        `receivers.ops.webhook.template: template: template:1:2: executing "template" at <.Titel>: can't evaluate field Titel in type webhook.view`,
	} {
		_, err := Driver().Open(config(settings))
		require.EqualError(t, err, want)
	}
}

func TestKey_TellsAddressesApartWithoutShowingThem(t *testing.T) {
	t.Parallel()
	one, two := opened(t, `{"url":"http://a.example/one"}`), opened(t, `{"url":"http://a.example/two"}`)
	require.NotEqual(t, one.Key(), two.Key())
	require.Regexp(t, `^webhook:a\.example/[0-9a-f]{8}$`, one.Key())
}

func TestTarget_RepeatsWhatTheServiceSaysUnlessThatIsSecret(t *testing.T) {
	t.Parallel()
	said := "no such team: a/b"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, said, http.StatusForbidden) }))
	defer server.Close()
	target := opened(t, fmt.Sprintf(`{"url":%q}`, strings.Replace(server.URL, "//", "//me:hunter2@", 1)+"/"))
	defer func() { require.NoError(t, target.Release()) }()
	r, err := target.Render(notifytest.Card())
	require.NoError(t, err)
	_, err = target.Create(t.Context(), "n", r)
	require.EqualError(t, err, "127.0.0.1 answers 403 Forbidden: no such team: a/b")
	said = "hunter2 is wrong"
	_, err = target.Create(t.Context(), "n", r)
	require.EqualError(t, err, "127.0.0.1 answers 403 Forbidden")
}
