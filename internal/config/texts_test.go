package config

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLoad_PluginsThatAreLeftOutAreNotNone(t *testing.T) {
	t.Parallel()
	absent, err := load(t, "time_zone: UTC\n")
	require.NoError(t, err)
	require.Nil(t, absent.Plugins)

	none, err := load(t, "plugins: []\n")
	require.NoError(t, err)
	require.Equal(t, []string{}, none.Plugins)
}

func TestLoad_PluginsAreToldApart(t *testing.T) {
	t.Parallel()
	config, err := load(t, "plugins: [sqs, store.postgres]\n")
	require.NoError(t, err)
	require.Equal(t, []string{"sqs", "store.postgres"}, config.Plugins)

	var printed bytes.Buffer
	require.NoError(t, Print(&printed, config))
	again, err := load(t, printed.String())
	require.NoError(t, err)
	require.Equal(t, config.Plugins, again.Plugins)
}

func TestLoad_PluginsThatAreNoNames(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"plugins: sqs\n":         `plugins: expected a list such as [a, b], not "sqs"`,
		"plugins: [sqs, sqs]\n":  `plugins: "sqs" is there twice`,
		"plugins: [Queue SQS]\n": `plugins: "Queue SQS" is no name of a plugin: write it as sqs or queue.sqs`,
		"plugins: [[sqs]]\n":     `plugins: expected one value, not a list`,
	} {
		_, err := load(t, content)
		require.ErrorContains(t, err, want)
	}
}

func TestLoad_ElsewhereDoesWithoutTheVariablesOfTheFile(t *testing.T) {
	t.Parallel()
	content := "plugins: [sqs]\napplication_database: {pool_size: \"${POOL}\"}\nmonitors: {settings: {url: \"${URL}\"}}\n"
	_, err := load(t, content)
	require.ErrorContains(t, err, "POOL is not set in the environment")

	path := write(t, t.TempDir(), DefaultFile, content)
	config, err := Load(LoadOptions{Path: path, Elsewhere: true})
	require.NoError(t, err)
	require.Equal(t, []string{"sqs"}, config.Plugins)
	require.Equal(t, Default().ApplicationDatabase, config.ApplicationDatabase)

	_, err = Load(LoadOptions{Path: write(t, t.TempDir(), DefaultFile, "plugin: [sqs]\n"), Elsewhere: true})
	require.ErrorContains(t, err, `unknown key "plugin"`, "all else is as strict as ever")
}
