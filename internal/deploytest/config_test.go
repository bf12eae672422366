package deploytest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	core "k8s.io/api/core/v1"
)

// environ is what a configuration may need from where it is used.
var environ = []string{
	"VEDETTE_HTTP_ADDRESS=127.0.0.1:8000",
	"DATABASE_APPLICATION=postgres://vedette:secret@127.0.0.1:5432/vedette",
}

func TestConfigurations_AreAccepted(t *testing.T) {
	t.Parallel()
	for _, file := range files(t, "configs/*.yaml") {
		out, err := run(t, environ, "config", "check", "--config", absolute(t, file))
		require.NoError(t, err, "%s: %s", file, out)
	}
}

// The configuration of a cluster stands inside other files.
func TestConfigurations_OfKubernetesAreAccepted(t *testing.T) {
	t.Parallel()
	for name, objects := range map[string][]object{
		"template": template(t),
		"chart":    rendered(t, nil),
	} {
		config := only[*core.ConfigMap](t, objects, "vedette-config").Data["configs.yaml"]
		file := filepath.Join(t.TempDir(), "configs.yaml")
		require.NoError(t, os.WriteFile(file, []byte(config), 0o600))
		out, err := run(t, environ, "config", "check", "--config", file)
		require.NoError(t, err, "%s: %s", name, out)
	}
}

// Monitors of a config map are links to links: what a folder of them looks like
// in a pod.
func TestMonitors_OfAConfigMapAreFound(t *testing.T) {
	t.Parallel()
	code := only[*core.ConfigMap](t, template(t), "vedette-monitors").Data["unshipped_orders.monitor.star"]
	require.NotEmpty(t, code)
	mount := t.TempDir()
	data := filepath.Join(mount, "..2026_01_01", "unshipped_orders")
	require.NoError(t, os.MkdirAll(data, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "monitor.star"), []byte(code), 0o600))
	require.NoError(t, os.Symlink("..2026_01_01", filepath.Join(mount, "..data")))
	require.NoError(t, os.Symlink(filepath.Join("..data", "unshipped_orders"), filepath.Join(mount, "unshipped_orders")))

	out, err := run(t, nil, "monitor", "validate", filepath.Join(mount, "unshipped_orders"))
	require.NoError(t, err, out)
}
