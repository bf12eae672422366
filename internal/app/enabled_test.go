package app_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/plugin"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/telemetry"
)

func compiled() app.Plugins {
	plugins := app.Plugins{
		Stores:    plugin.NewSet[store.Opener]("store"),
		Databases: plugin.NewSet[datasource.Opener]("kind of database"),
		Queues:    plugin.NewSet[queue.Driver]("queue"),
		Targets:   plugin.NewSet[notify.Driver]("target of notifications"),
	}
	for _, name := range []string{"postgres", "sqlite"} {
		plugins.Stores.Register(name, nil)
		plugins.Databases.Register(name, nil)
	}
	for _, name := range []string{"internal", "postgres", "sqs"} {
		plugins.Queues.Register(name, queue.Driver{})
	}
	return plugins
}

func TestPlugins_TagsAreThoseOfWhatIsEnabled(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		plugins []string
		queue   string
		want    string
	}{
		"all, when none are named":           {nil, "internal", "custom,database.postgres,database.sqlite,queue.internal,queue.postgres,queue.sqs,store.postgres,store.sqlite"},
		"what addresses choose stays":        {[]string{}, "internal", "custom,database.postgres,database.sqlite,queue.internal,store.postgres,store.sqlite"},
		"the queue in use need not be named": {[]string{"store.postgres"}, "sqs", "custom,database.postgres,database.sqlite,queue.sqs,store.postgres"},
		"a name is that of every kind":       {[]string{"postgres", "sqs"}, "sqs", "custom,database.postgres,queue.postgres,queue.sqs,store.postgres"},
	} {
		c := config.Default()
		c.Plugins, c.ApplicationQueue.Type = row.plugins, row.queue
		got, err := compiled().Tags(c)
		require.NoError(t, err, name)
		require.Equal(t, row.want, got, name)
	}
}

func TestPlugins_WhatIsNotCompiledInNamesTheBuildArgument(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.Plugins, c.ApplicationQueue.Type = []string{"kafka"}, "nats"
	_, err := compiled().Tags(c)
	require.ErrorContains(t, err, `plugins: there is no plugin "kafka" in this binary`)
	require.ErrorContains(t, err, `application_queue.type: there is no plugin "queue.nats" in this binary`)
	require.ErrorContains(t, err, "--build-arg CONFIGS_FILE=")
}

func TestNew_RefusesAddressesOfPluginsThatAreNotThere(t *testing.T) {
	t.Parallel()
	c := config.Default()
	c.Plugins = []string{"store.postgres", "database.postgres"}
	c.Databases.Addresses["shop"] = monitor.NewSecret("mysql://root:hush@127.0.0.1/shop")
	_, err := app.New(t.Context(), app.Options{Config: c, Role: app.Executor, Plugins: compiled(), Registry: telemetry.NewRegistry(telemetry.Build{})})
	require.ErrorContains(t, err, `DATABASE_APPLICATION: the plugin "store.sqlite" is not enabled: add it to plugins`)
	require.ErrorContains(t, err, `DATABASE_SHOP: there is no plugin "database.mysql" in this binary, only database.postgres, database.sqlite`)
	require.NotContains(t, err.Error(), "hush")
}
