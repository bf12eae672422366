package config

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_TheAdministratorsToken(t *testing.T) {
	t.Parallel()
	const token = "correct-horse-battery-staple"
	dir := t.TempDir()
	write(t, dir, "token", token+"\n")
	for _, variable := range []string{"VEDETTE_ADMIN_TOKEN=" + token, "VEDETTE_ADMIN_TOKEN_FILE=token"} {
		config, err := Load(LoadOptions{Dir: dir, Environ: []string{variable}})
		require.NoError(t, err)
		require.Equal(t, token, config.HTTPServer.AdminToken.Reveal())
		require.Empty(t, config.Warnings)
		var out bytes.Buffer
		require.NoError(t, Print(&out, config))
		require.Contains(t, out.String(), "# VEDETTE_ADMIN_TOKEN: [redacted]\n")
		require.NotContains(t, out.String(), token)
	}
	config, err := load(t, "", "VEDETTE_ADMIN_TOKEN=")
	require.NoError(t, err)
	require.False(t, config.HTTPServer.AdminToken.IsSet())
}

func TestLoad_AnAdministratorsTokenThatCannotServe(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"1234567", "change-me", "with space in it", "with\ttab", "tökens-are-ascii", strings.Repeat("x", 20) + "\n"} {
		_, err := load(t, "", "VEDETTE_ADMIN_TOKEN="+token)
		require.ErrorContains(t, err, "environment: VEDETTE_ADMIN_TOKEN", token)
		require.NotContains(t, err.Error(), token)
	}
	dir := t.TempDir()
	write(t, dir, "empty", "\n")
	_, err := Load(LoadOptions{Dir: dir, Environ: []string{"VEDETTE_ADMIN_TOKEN_FILE=empty"}})
	require.ErrorContains(t, err, "environment: VEDETTE_ADMIN_TOKEN: the file that VEDETTE_ADMIN_TOKEN_FILE names is empty", "nobody means to let in everybody on this machine")
	config, err := load(t, "", "VEDETTE_ADMIN_TOKEN=short-one")
	require.NoError(t, err)
	require.Len(t, config.Warnings, 1)
	require.Equal(t, monitor.SeverityWarning, config.Warnings[0].Severity)
	require.Contains(t, config.Warnings[0].Message, "openssl rand")
}
