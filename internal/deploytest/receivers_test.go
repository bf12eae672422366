package deploytest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"

	"helm.sh/helm/v3/pkg/engine"
)

// telling are values by which people are told of alerts in two ways.
func telling() map[string]any {
	return map[string]any{
		"configuration": map[string]any{
			"plugins":     []any{"sqs", "store.postgres", "slack", "notify.email"},
			"http_server": map[string]any{"url": "https://vedette.example.com"},
			"http_client": map[string]any{"allow": []any{"billing.example.com"}},
			"receivers": map[string]any{"payments": map[string]any{
				"slack": map[string]any{"channel": "${SLACK_MAIN_CHANNEL}"},
				"email": map[string]any{
					"server": "mail.example.com:587", "username": "vedette", "password": "${SMTP_PASSWORD}",
					"from": "vedette@example.com", "to": []any{"payments@example.com"},
				},
				"throttle": map[string]any{"max": 5},
			}},
		},
		"secrets": map[string]any{"values": map[string]any{
			"SLACK_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_MAIN_CHANNEL": "C0123456789", "SMTP_PASSWORD": "secret",
		}},
		"networkPolicy": map[string]any{
			"egressPorts": []any{5432, 443, 587},
			"egress":      []any{map[string]any{"ports": []any{map[string]any{"protocol": "TCP", "port": 9093}}}},
		},
	}
}

// requireConfiguration has the binary accept a configuration in the environment of
// a pod.
func requireConfiguration(t *testing.T, text string, secret map[string]string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "configs.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	environ := []string{}
	for name, value := range secret {
		environ = append(environ, name+"="+value)
	}
	out, err := run(t, environ, "config", "check", "--config", file)
	require.NoError(t, err, "%s\n%s", out, text)
}

func TestChart_TellsPeopleOfAlerts(t *testing.T) {
	t.Parallel()
	objects := rendered(t, telling())
	requireWired(t, objects)
	config := only[*core.ConfigMap](t, objects, "vedette-config").Data["configs.yaml"]
	secret := only[*core.Secret](t, objects, "vedette-secrets").StringData
	requireConfiguration(t, config, secret)
	require.Equal(t, "xoxb-1", secret["SLACK_TOKEN"])
	for _, port := range []int32{443, 587, 5432, 9093} {
		require.Contains(t, egressPorts(t, objects), port)
	}
	require.NotContains(t, egressPorts(t, rendered(t, nil)), int32(587))
}

// egressPorts are where pods may go.
func egressPorts(t *testing.T, objects []object) (ports []int32) {
	t.Helper()
	for _, rule := range only[*networking.NetworkPolicy](t, objects, "vedette").Spec.Egress {
		for _, port := range rule.Ports {
			ports = append(ports, port.Port.IntVal)
		}
	}
	return ports
}

func TestChart_RefusesReceiversThatCannotWork(t *testing.T) {
	t.Parallel()
	for message, spoil := range map[string]func(map[string]any){
		"configuration.receivers.payments needs the plugin email": func(given map[string]any) {
			given["configuration"].(map[string]any)["plugins"] = []any{"sqs", "store.postgres", "slack"}
		},
		"configuration uses ${SMTP_PASSWORD}: add SMTP_PASSWORD to secrets.values": func(given map[string]any) {
			delete(given["secrets"].(map[string]any)["values"].(map[string]any), "SMTP_PASSWORD")
		},
	} {
		given := telling()
		spoil(given)
		complete, err := values(t, given)
		require.NoError(t, err)
		_, err = engine.Render(load(t), complete)
		require.ErrorContains(t, err, message)
	}
	elsewhere := telling()
	elsewhere["secrets"] = map[string]any{"existing": "ours"}
	rendered(t, elsewhere)
}

func TestChart_TheSchemaRefusesMistakesInReceivers(t *testing.T) {
	t.Parallel()
	for about, configuration := range map[string]map[string]any{
		"a receiver's name":      {"receivers": map[string]any{"The Payments": map[string]any{"slack": map[string]any{}}}},
		"a receiver for nobody":  {"receivers": map[string]any{"payments": map[string]any{}}},
		"a channel for a plugin": {"receivers": map[string]any{"payments": map[string]any{"slack": "C0123456789"}}},
		"a url without a scheme": {"http_server": map[string]any{"url": "vedette.example.com"}},
		"one host for a list":    {"http_client": map[string]any{"allow": "billing.example.com"}},
	} {
		_, err := values(t, map[string]any{"configuration": configuration})
		require.ErrorContains(t, err, "schema", about)
	}
}

var (
	// example is a line that stands in a comment to be taken out of it.
	example = regexp.MustCompile(`(?m)^( +)# (receivers:|  .*|http_client: .*|url: .*|SLACK_\w+: .*|- \{protocol: .*)$`)
	plugins = regexp.MustCompile(`(?m)^plugins: \[`)
)

// What the template shows in comments works, once it is none.
func TestKubernetes_TheExamplesInCommentsAreAccepted(t *testing.T) {
	t.Parallel()
	const folder = "resources/kubernetes_template/"
	shown := func(file string) []object {
		text := read(t, folder+file)
		require.Regexp(t, example, text, file)
		return decode(t, file, example.ReplaceAllString(text, "$1$2"))
	}
	config := only[*core.ConfigMap](t, shown("configmap.yaml"), "vedette-config").Data["configs.yaml"]
	for _, key := range []string{"receivers:", "http_client:", "  url:"} {
		require.True(t, strings.HasPrefix(config, key) || strings.Contains(config, "\n"+key), key)
	}
	secret := only[*core.Secret](t, shown("secret.yaml"), "vedette-secrets").StringData
	require.Contains(t, secret, "SLACK_TOKEN")
	requireConfiguration(t, plugins.ReplaceAllString(config, "plugins: [slack, "), secret)
	require.Contains(t, egressPorts(t, shown("networkpolicy.yaml")), int32(587))
}
