package store

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Database is a store with its schema.
type Database interface {
	Store
	Migrator
}

// Config bounds what a store may use.
type Config struct {
	// PoolSize is the most connections at a time.
	PoolSize int
}

// Opener connects to the application database at an address such as
// postgres://... or sqlite://...; it does not touch the schema. Its errors never
// repeat a password.
type Opener func(ctx context.Context, address monitor.Secret, config Config) (Database, error)
