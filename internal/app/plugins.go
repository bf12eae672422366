package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/notify"
	"github.com/vedettehq/vedette/internal/plugin"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/store"
)

// Plugins are the adapters that were compiled in. Stores and databases are found
// by the scheme of their addresses, queues and targets of notifications by their
// name in the configuration.
type Plugins struct {
	Stores    *plugin.Set[store.Opener]
	Databases *plugin.Set[datasource.Opener]
	Queues    *plugin.Set[queue.Driver]
	Targets   *plugin.Set[notify.Driver]
}

// Database is the application database with its schema.
type Database = store.Database

// OpenDatabase opens the application database; its schema may be of any version.
func OpenDatabase(ctx context.Context, c config.Config, plugins Plugins) (Database, error) {
	name, err := scheme(c.ApplicationDatabase.Address)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_APPLICATION: %w", err)
	}
	open, err := plugins.Stores.Get(name)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_APPLICATION: %w", err)
	}
	return open(ctx, c.ApplicationDatabase.Address, store.Config{PoolSize: c.ApplicationDatabase.PoolSize})
}

// scheme tells the kind of a database from its address. The address itself may
// hold a password and is not repeated in errors.
func scheme(address monitor.Secret) (string, error) {
	name, _, found := strings.Cut(address.Reveal(), "://")
	if !found {
		return "", fmt.Errorf("not an address: it has to look like postgres://user:password@host:5432/name or sqlite://path/to/file.db")
	}
	switch name {
	case "postgresql", "postgresql+asyncpg":
		return "postgres", nil
	}
	return name, nil
}
