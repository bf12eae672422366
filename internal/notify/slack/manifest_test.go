package slack

import (
	"os"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

func TestManifest_AsksForWhatIsUsed(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../resources/slack_app_manifest.yaml")
	require.NoError(t, err)
	var manifest struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				Enabled bool `yaml:"is_enabled"`
			}
			SocketMode bool `yaml:"socket_mode_enabled"`
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &manifest))
	require.ElementsMatch(t, []string{
		"chat:write", "channels:history", "groups:history", "metadata.message:read", "app_mentions:read", "reactions:write", "users:read",
	}, manifest.OAuth.Scopes.Bot)
	require.Equal(t, []string{"app_mention"}, manifest.Settings.Events.Bot)
	require.True(t, manifest.Settings.Interactivity.Enabled)
	require.True(t, manifest.Settings.SocketMode)
}
