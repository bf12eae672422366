package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// conn runs statements on one connection. The driver keeps them prepared.
type conn struct {
	*pgx.Conn
	// beginning is true in a transaction that has not been begun yet: begin then
	// travels with the first statements.
	beginning bool
}

var _ sqlstore.Conn = (*conn)(nil)

// Do sends all statements before it reads the first result.
func (c *conn) Do(ctx context.Context, statements ...*sqlstore.Statement) (err error) {
	batch := &pgx.Batch{}
	if c.beginning {
		batch.Queue("begin")
	}
	for _, statement := range statements {
		batch.Queue(statement.SQL, arguments(statement.Args)...)
	}
	results := c.SendBatch(ctx, batch)
	defer func() {
		if closeErr := results.Close(); err == nil {
			err = translate(closeErr)
		}
	}()
	if c.beginning {
		if _, err := results.Exec(); err != nil {
			return translate(err)
		}
		c.beginning = false
	}
	for _, statement := range statements {
		if err := read(results, statement); err != nil {
			return err
		}
	}
	return nil
}

// read hands a statement its result.
func read(results pgx.BatchResults, statement *sqlstore.Statement) error {
	rows, err := results.Query()
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	if statement.Row != nil {
		scan := func(destinations ...any) error { return rows.Scan(nullable(destinations)...) }
		for rows.Next() {
			if err := statement.Row(scan); err != nil {
				return err
			}
		}
	}
	rows.Close()
	if err := rows.Err(); err != nil {
		return translate(err)
	}
	if statement.Done == nil {
		return nil
	}
	return statement.Done(rows.CommandTag().RowsAffected())
}

// arguments has NULL for zero times.
func arguments(args []any) []any {
	for i, argument := range args {
		if t, ok := argument.(time.Time); ok && t.IsZero() {
			args[i] = nil
		}
	}
	return args
}

// nullable has times read so that NULL is zero.
func nullable(destinations []any) []any {
	for i, destination := range destinations {
		if t, ok := destination.(*time.Time); ok {
			destinations[i] = (*stamp)(t)
		}
	}
	return destinations
}

// stamp is a time that is zero for NULL and otherwise in UTC.
type stamp time.Time

// ScanTimestamptz implements pgtype.TimestamptzScanner.
func (s *stamp) ScanTimestamptz(v pgtype.Timestamptz) error {
	*s = stamp(v.Time.UTC())
	if !v.Valid {
		*s = stamp{}
	}
	return nil
}
