package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Source is a PostgreSQL database.
type Source struct {
	pool   *pgxpool.Pool
	config datasource.Config
	types  *types
}

var (
	_ datasource.Source = (*Source)(nil)
	_ datasource.Opener = Open
)

// Open makes a source for postgres://...
func Open(address monitor.Secret, config datasource.Config) (datasource.Source, error) {
	settings, err := poolConfig(address.Reveal(), config)
	if err != nil {
		return nil, err
	}
	// The context bounds the connections that a pool makes in advance; this one makes none.
	pool, err := pgxpool.NewWithConfig(context.TODO(), settings)
	if err != nil {
		return nil, fmt.Errorf("make a pool of connections: %w", err)
	}
	return &Source{pool: pool, config: config, types: newTypes()}, nil
}

// Query runs one statement; see [datasource.Source].
func (s *Source) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	rows, err := s.query(ctx, q)
	if err != nil {
		return nil, datasource.Named(q.Database, err)
	}
	return rows, nil
}

// Ping tells whether the database answers.
func (s *Source) Ping(ctx context.Context) error {
	_, err := s.query(ctx, monitor.Query{SQL: "select 1 as answer"})
	return err
}

// Close closes the connections.
func (s *Source) Close() error {
	s.pool.Close()
	return nil
}

func (s *Source) query(ctx context.Context, q monitor.Query) (rows monitor.Rows, err error) {
	switch {
	case strings.TrimSpace(q.SQL) == "":
		return nil, wrong("the statement is empty")
	case strings.Contains(q.SQL, "\x00"):
		return nil, wrong("the statement has U+0000 in it")
	}
	// After a restart of the server the pool may hold as many dead connections as
	// it has places.
	for range s.pool.Stat().MaxConns() + 1 {
		var again bool
		if rows, again, err = s.attempt(ctx, q); !again {
			return rows, err
		}
	}
	return rows, err
}

// attempt runs a query on one connection. It is to be tried again if that turned
// out to be dead before the statement began.
func (s *Source) attempt(ctx context.Context, q monitor.Query) (_ monitor.Rows, again bool, err error) {
	conn, err := s.acquire(ctx)
	if err != nil {
		return nil, false, err
	}
	defer conn.Release()
	queryCtx, cancel := s.config.QueryContext(ctx, q)
	defer cancel()
	session := session{conn: conn.Conn().PgConn(), types: s.types}
	defer session.end(ctx)
	prepared, err := session.begin(queryCtx, q.SQL)
	if err != nil {
		lost := session.conn.IsClosed() && queryCtx.Err() == nil
		return nil, lost, failure(queryCtx, err, q.SQL)
	}
	rows, err := session.run(queryCtx, prepared, q.Args, s.config.Bounds(q))
	if err != nil {
		return nil, false, failure(queryCtx, err, q.SQL)
	}
	return rows, false, nil
}

func (s *Source) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	ctx, cancel := s.config.AcquireContext(ctx)
	defer cancel()
	conn, err := s.pool.Acquire(ctx)
	if err == nil {
		return conn, nil
	}
	if ctx.Err() != nil {
		return nil, datasource.Ended(ctx)
	}
	return nil, connectFailure(err)
}

// wrong is the failure of a statement that cannot be run as it is.
func wrong(format string, arguments ...any) error {
	return datasource.Failuref(monitor.FailureQuery, format, arguments...)
}
