package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLookup_NeedsNoConfiguration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write(DefaultFile, "broken: [")
	write(DefaultEnvFile, "VEDETTE_SERVER=http://below\nVEDETTE_TOKEN_FILE=token\n")
	write("token", "hunter2\n")

	lookup, err := Lookup(LoadOptions{Dir: dir, Environ: []string{"VEDETTE_SERVER=http://above"}})
	require.NoError(t, err)
	for name, want := range map[string]string{"VEDETTE_SERVER": "http://above", "VEDETTE_TOKEN": "hunter2"} {
		value, ok, err := lookup(name)
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, want, value)
	}
	_, ok, err := lookup("OTHER")
	require.NoError(t, err)
	require.False(t, ok)

	_, err = Lookup(LoadOptions{Dir: dir, EnvFile: "missing"})
	require.ErrorContains(t, err, "missing")
}
