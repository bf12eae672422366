// Package datasource is the port to the databases that monitors query. Access
// is read-only: a source refuses statements that write, whatever their form.
//
// It must not know monitors, nor the application database.
package datasource

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Source is one database. It is safe for concurrent use.
type Source interface {
	// Query runs one statement in a read-only session and returns its rows in
	// stored form (R08). Its errors are *monitor.Failure of kind query (the
	// statement is wrong, refused, or has too many rows), timeout (acquiring a
	// connection or the statement took too long) or connection. A cancelled ctx
	// ends the statement on the server too; the failure is then the context's
	// cause if that is one, else of kind cancelled.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
	// Ping tells whether the database answers.
	Ping(ctx context.Context) error
	// Close releases the connections.
	Close() error
}

// Config bounds what a source may use.
type Config struct {
	// MaxSize is the most connections at a time.
	MaxSize int
	// AcquireTimeout bounds the wait for a connection.
	AcquireTimeout time.Duration
	// QueryTimeout bounds a statement that names no timeout of its own.
	QueryTimeout time.Duration
	// MaxRows bounds the result of a query that names no bound of its own.
	MaxRows int
	// MaxBytes bounds the stored form of a result; 0 does not.
	MaxBytes int
}

// Opener makes a source for an address such as postgres://... without
// connecting: a database that is down is an error of the queries, not of the
// start. A malformed address is an error here; it does not repeat the address,
// which may hold a password.
type Opener func(address monitor.Secret, config Config) (Source, error)
