package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"reflect"

	"modernc.org/libc"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// connector makes connections that can only read.
type connector struct {
	driver.Connector
	path string
}

// Connect opens the file.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	file, err := os.Stat(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", c.path)
	}
	if err != nil {
		return nil, err
	}
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	connection := &connection{Conn: conn, path: c.path, file: file}
	if err := connection.restrict(); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return connection, nil
}

// connection is one handle on the file, used by one query at a time.
type connection struct {
	driver.Conn
	path   string
	file   os.FileInfo
	handle uintptr
	guard  guard
}

var (
	_ driver.SessionResetter = (*connection)(nil)
	_ driver.Validator       = (*connection)(nil)
)

// Unwrap gives the driver's own connection.
func (c *connection) Unwrap() driver.Conn { return c.Conn }

// ResetSession gives the connection up if the file was replaced since it was
// opened: it would read the old one for ever.
func (c *connection) ResetSession(context.Context) error {
	file, err := os.Stat(c.path)
	if err != nil || !os.SameFile(file, c.file) {
		return driver.ErrBadConn
	}
	return nil
}

// IsValid gives the connection up if it was interrupted.
func (c *connection) IsValid() bool {
	validator, ok := c.Conn.(driver.Validator)
	return ok && validator.IsValid()
}

// restrict sets the authorizer and finds the handle by which running statements
// are interrupted.
func (c *connection) restrict() error {
	registerer, ok := c.Conn.(sqlite.AuthorizerRegisterer)
	if !ok {
		return errors.New("the SQLite driver takes no authorizer")
	}
	if err := registerer.RegisterAuthorizer(c.guard.authorize); err != nil {
		return err
	}
	// The driver interrupts a statement only until its first row. It does not
	// give its handle away, but it can be read.
	handle := reflect.ValueOf(c.Conn).Elem().FieldByName("db")
	if !handle.IsValid() || handle.Kind() != reflect.Uintptr {
		return errors.New("the SQLite driver hides its handle: statements could not be interrupted")
	}
	c.handle = uintptr(handle.Uint())
	return nil
}

// interruptWhenDone ends running statements when ctx does. To be stopped before
// the connection is given back.
func (c *connection) interruptWhenDone(ctx context.Context) (stop func()) {
	interrupted := make(chan struct{})
	stopped := context.AfterFunc(ctx, func() {
		defer close(interrupted)
		tls := libc.NewTLS()
		defer tls.Close()
		lib.Xsqlite3_interrupt(tls, c.handle)
	})
	return func() {
		if !stopped() {
			<-interrupted
		}
	}
}

// query runs a prepared statement and reads its rows.
func (c *connection) query(ctx context.Context, text string, values []driver.NamedValue, bounds datasource.Bounds) (_ monitor.Rows, err error) {
	defer func() { err = c.failure(ctx, err) }()
	defer c.interruptWhenDone(ctx)()
	c.guard = guard{}
	queryer, ok := c.Conn.(driver.QueryerContext)
	if !ok {
		return nil, errors.New("the SQLite driver does not query")
	}
	rows, err := queryer.QueryContext(ctx, text, values)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	return read(rows, bounds)
}

func read(rows driver.Rows, bounds datasource.Bounds) (monitor.Rows, error) {
	columns := rows.Columns()
	result, err := datasource.NewBuilder(columns, bounds)
	if err != nil {
		return nil, err
	}
	types := declaredTypes(rows, len(columns))
	row := make([]driver.Value, len(columns))
	for {
		err := rows.Next(row)
		if errors.Is(err, io.EOF) {
			return result.Rows(), nil
		}
		if err != nil {
			return nil, err
		}
		err = result.Add(func(dst []byte, column int) ([]byte, error) {
			return appendValue(dst, row[column], types[column])
		})
		if err != nil {
			return nil, err
		}
	}
}
