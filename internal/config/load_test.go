package config

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestLoad_WithoutAnyFile(t *testing.T) {
	t.Parallel()
	config, err := Load(LoadOptions{Dir: t.TempDir()})
	require.NoError(t, err)

	want := Default()
	want.Monitors.LoadExamples = true
	require.Equal(t, want, config)
}

func TestLoad_AFileTurnsExamplesOff(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"empty": "", "only comments": "# nothing\n", "values": "save_events: all\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, err := load(t, text)
			require.NoError(t, err)
			require.False(t, config.Monitors.LoadExamples)
			require.Equal(t, DefaultFile, filepath.Base(config.File))
		})
	}
}

func TestLoad_WhichFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, DefaultFile, "max_issues_creation: 1\n")
	write(t, dir, "named.yaml", "max_issues_creation: 2\n")
	write(t, dir, "asked.yaml", "max_issues_creation: 3\n")

	for _, test := range []struct {
		path, variable string
		want           int
	}{
		{want: 1},
		{variable: "CONFIGS_FILE=named.yaml", want: 2},
		{variable: "CONFIGS_FILE=", want: 1},
		{variable: "CONFIGS_FILE=named.yaml", path: "asked.yaml", want: 3},
	} {
		config, err := Load(LoadOptions{Dir: dir, Path: test.path, Environ: []string{test.variable}})
		require.NoError(t, err)
		require.Equal(t, test.want, config.MaxIssuesCreation, "%+v", test)
	}
}

func TestLoad_AFileThatWasAskedForMustBeThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, err := Load(LoadOptions{Dir: dir, Path: "gone.yaml"})
	require.ErrorContains(t, err, "gone.yaml: no such file")
	_, err = Load(LoadOptions{Dir: dir, Environ: []string{"CONFIGS_FILE=gone.yaml"}})
	require.ErrorContains(t, err, "CONFIGS_FILE")
	_, err = Load(LoadOptions{Dir: dir, EnvFile: "gone.env"})
	require.ErrorContains(t, err, "gone.env: no such file")
	_, err = Load(LoadOptions{Dir: dir, Path: dir})
	require.ErrorContains(t, err, "is a directory")
}

func TestLoad_WarnsOfPoolsOfNoDatabase(t *testing.T) {
	t.Parallel()
	config, err := load(t, "databases: {pools: {shpo: {max_size: 5}}}\n", "DATABASE_SHOP=sqlite://shop.db")
	require.NoError(t, err)
	require.Len(t, config.Warnings, 1)
	require.Equal(t, monitor.SeverityWarning, config.Warnings[0].Severity)
	require.Contains(t, config.Warnings[0].Message, "DATABASE_SHPO is not set")
}
