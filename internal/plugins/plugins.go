// Package plugins compiles adapters in: one file for each, with its build tag
// and its registration, and nothing else. With the tag custom only those whose
// tags are given are there.
//
// It must not know what plugins are used for.
package plugins

import (
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/plugin"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/store"
)

var (
	stores    = plugin.NewSet[store.Opener]("store")
	databases = plugin.NewSet[datasource.Opener]("kind of database")
	queues    = plugin.NewSet[queue.Driver]("queue")
	targets   = plugin.NewSet[notify.Driver]("target of notifications")
)

// Stores are the application databases, by the scheme of their addresses.
func Stores() *plugin.Set[store.Opener] { return stores }

// Databases are the kinds of databases that monitors can query, by the scheme of
// their addresses.
func Databases() *plugin.Set[datasource.Opener] { return databases }

// Queues are the queues, by their name in the configuration.
func Queues() *plugin.Set[queue.Driver] { return queues }

// Targets are what people are told of alerts with, by their name in the
// configuration.
func Targets() *plugin.Set[notify.Driver] { return targets }
