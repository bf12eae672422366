package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Store is the store on a PostgreSQL server.
type Store struct {
	*sqlstore.Store
	*sqlstore.Migrator
	clock
	database *database
}

var _ store.Database = (*Store)(nil)

// Open connects to the database at an address postgres://... and samples the
// server's clock. It does not touch the schema.
func Open(ctx context.Context, address monitor.Secret, config store.Config) (*Store, error) {
	parsed, err := parseAddress(address, config.PoolSize)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, parsed)
	if err != nil {
		return nil, fmt.Errorf("open the application database: %w", translate(err))
	}
	s := &Store{database: &database{pool: pool, patience: answerTimeout}}
	s.Store = sqlstore.New(s.database, newDialect(), s.Now)
	s.Migrator = newMigrator(s.database, parsed.ConnConfig)
	if _, err := s.Sync(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open the application database: %w", err)
	}
	return s, nil
}

// Sync samples the server's clock.
func (s *Store) Sync(ctx context.Context) (time.Duration, error) { return s.sync(ctx, s.database) }

// Ping asks the server for nothing.
func (s *Store) Ping(ctx context.Context) error {
	return s.database.bounded(ctx, func(ctx context.Context) error { return translate(s.database.pool.Ping(ctx)) })
}

// Close closes the connections.
func (s *Store) Close() error {
	s.database.pool.Close()
	return nil
}
