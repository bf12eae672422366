package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// conn is one connection, with the statements it has prepared so far: there are
// a few dozen. It is used by one goroutine at a time.
type conn struct {
	translator
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
	values   []any
}

var _ sqlstore.Conn = (*conn)(nil)

func openConn(ctx context.Context, db *sql.DB, t translator) (*conn, error) {
	c, err := db.Conn(ctx)
	if err != nil {
		return nil, t.translate(err)
	}
	return &conn{translator: t, conn: c, prepared: map[string]*sql.Stmt{}}, nil
}

// Do runs the statements one after the other; there is no way to save.
func (c *conn) Do(ctx context.Context, statements ...*sqlstore.Statement) error {
	for _, statement := range statements {
		if err := c.run(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

func (c *conn) run(ctx context.Context, statement *sqlstore.Statement) error {
	if err := ended(ctx); err != nil {
		return err
	}
	// A statement is not interrupted, as none takes long: to watch the context the
	// driver would start a goroutine for each.
	ctx = context.WithoutCancel(ctx)
	prepared, err := c.prepare(ctx, statement.SQL)
	if err != nil {
		return err
	}
	var n int64
	if statement.Row == nil {
		n, err = c.exec(ctx, prepared, statement.Args)
	} else {
		n, err = c.query(ctx, prepared, statement)
	}
	if err != nil || statement.Done == nil {
		return err
	}
	return statement.Done(n)
}

func (c *conn) prepare(ctx context.Context, sql string) (*sql.Stmt, error) {
	if prepared, ok := c.prepared[sql]; ok {
		return prepared, nil
	}
	prepared, err := c.conn.PrepareContext(ctx, numbered(sql))
	if err != nil {
		return nil, c.translate(fmt.Errorf("prepare %s: %w", sql, err))
	}
	c.prepared[sql] = prepared
	return prepared, nil
}

// numbered turns $1, which SQLite takes for a name, into ?1.
func numbered(sql string) string {
	text := []byte(sql)
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '$' && text[i+1] >= '0' && text[i+1] <= '9' {
			text[i] = '?'
		}
	}
	return string(text)
}

func (c *conn) exec(ctx context.Context, prepared *sql.Stmt, args []any) (int64, error) {
	result, err := prepared.ExecContext(ctx, arguments(args)...)
	if err != nil {
		return 0, c.translate(err)
	}
	return result.RowsAffected()
}

func (c *conn) query(ctx context.Context, prepared *sql.Stmt, statement *sqlstore.Statement) (n int64, err error) {
	rows, err := prepared.QueryContext(ctx, arguments(statement.Args)...)
	if err != nil {
		return 0, c.translate(err)
	}
	defer func() {
		if closeErr := rows.Close(); err == nil {
			err = c.translate(closeErr)
		}
	}()
	scan := func(destinations ...any) error { return c.scan(rows, destinations) }
	for rows.Next() {
		n++
		if err := statement.Row(scan); err != nil {
			return n, err
		}
	}
	return n, c.translate(rows.Err())
}

// close releases the connection.
func (c *conn) close() error {
	var errs []error
	for _, prepared := range c.prepared {
		errs = append(errs, prepared.Close())
	}
	return errors.Join(append(errs, c.conn.Close())...)
}

// arguments are as the schema has them: times in microseconds.
func arguments(args []any) []any {
	for i, argument := range args {
		if t, ok := argument.(time.Time); ok {
			if t.IsZero() {
				args[i] = nil
			} else {
				args[i] = t.UnixMicro()
			}
		}
	}
	return args
}

// ended is an error once ctx has ended, which says why where that is known.
func ended(ctx context.Context) error {
	err := ctx.Err()
	if cause := context.Cause(ctx); cause != err { //nolint:errorlint // Whether there is a cause at all.
		return fmt.Errorf("%w: %w", err, cause)
	}
	return err
}
