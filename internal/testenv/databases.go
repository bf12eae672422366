package testenv

import (
	"context"
	"errors"
	"sync"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// databases makes and drops the databases of all tests of this process.
var databases maker

// maker creates and drops databases through one connection, because each new one
// costs the server as much as a database.
type maker struct {
	mu   sync.Mutex
	conn *pgx.Conn
	// kept are to be dropped in the end.
	kept []string
}

// create copies files, which takes half of the time that it takes to log the
// copying; servers before version 15 do so without being told.
func (m *maker) create(ctx context.Context, address, name, template string) error {
	err := m.exec(ctx, address, "create database "+name+" template "+template+" strategy file_copy")
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == pgerrcode.SyntaxError {
		return m.exec(ctx, address, "create database "+name+" template "+template)
	}
	return err
}

func (m *maker) drop(ctx context.Context, address, name string) error {
	return m.exec(ctx, address, "drop database if exists "+name+" with (force)")
}

// keep has a database dropped in the end.
func (m *maker) keep(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = append(m.kept, name)
}

func (m *maker) exec(ctx context.Context, address, sql string) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.conn == nil || m.conn.IsClosed() {
		if m.conn, err = pgx.Connect(ctx, address); err != nil {
			return err
		}
	}
	_, err = m.conn.Exec(ctx, sql)
	return err
}

// close drops what was kept and closes the connection.
func (m *maker) close(ctx context.Context) error {
	if m.conn == nil {
		return nil
	}
	address := m.conn.Config().ConnString()
	var errs []error
	for _, name := range m.kept {
		errs = append(errs, m.drop(ctx, address, name))
	}
	return errors.Join(append(errs, m.conn.Close(ctx))...)
}
