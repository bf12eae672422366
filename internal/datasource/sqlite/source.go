package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// maxValueBytes is the longest text or blob that a statement may make or read.
const maxValueBytes = 64 << 20

// Source is a SQLite database file.
type Source struct {
	pool   *sql.DB
	config datasource.Config
}

var (
	_ datasource.Source = (*Source)(nil)
	_ datasource.Opener = Open
)

// Open makes a source for sqlite://path.
func Open(address monitor.Secret, config datasource.Config) (datasource.Source, error) {
	path, err := parseAddress(address.Reveal())
	if err != nil {
		return nil, err
	}
	base, err := sqlite.NewConnector(dataSourceName(path))
	if err != nil {
		return nil, fmt.Errorf("open the SQLite database: %w", err)
	}
	pool := sql.OpenDB(&connector{Connector: base, path: path})
	pool.SetMaxOpenConns(config.MaxSize)
	pool.SetMaxIdleConns(config.MaxSize)
	return &Source{pool: pool, config: config}, nil
}

// Query runs one statement; see [datasource.Source].
func (s *Source) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	rows, err := s.query(ctx, q)
	if err != nil {
		return nil, datasource.Named(q.Database, err)
	}
	return rows, nil
}

// Ping tells whether the file is there and is a database.
func (s *Source) Ping(ctx context.Context) error {
	_, err := s.query(ctx, monitor.Query{SQL: "select count(*) from sqlite_schema"})
	return err
}

// Close closes the file.
func (s *Source) Close() error { return s.pool.Close() }

func (s *Source) query(ctx context.Context, q monitor.Query) (rows monitor.Rows, err error) {
	text, values, err := prepare(q)
	if err != nil {
		return nil, err
	}
	conn, err := s.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	ctx, cancel := s.config.QueryContext(ctx, q)
	defer cancel()
	err = conn.Raw(func(driverConn any) error {
		var err error
		rows, err = driverConn.(*connection).query(ctx, text, values, s.config.Bounds(q))
		return err
	})
	return rows, err
}

func (s *Source) acquire(ctx context.Context) (*sql.Conn, error) {
	ctx, cancel := s.config.AcquireContext(ctx)
	defer cancel()
	conn, err := s.pool.Conn(ctx)
	if ctx.Err() != nil && err != nil {
		return nil, datasource.Ended(ctx)
	}
	if err != nil {
		return nil, datasource.Failuref(monitor.FailureConnection, "open the database: %w", err)
	}
	for limit, value := range map[int]int{lib.SQLITE_LIMIT_ATTACHED: 0, lib.SQLITE_LIMIT_LENGTH: maxValueBytes} {
		if _, err := sqlite.Limit(conn, limit, value); err != nil {
			return nil, errors.Join(fmt.Errorf("limit the connection: %w", err), conn.Close())
		}
	}
	return conn, nil
}
