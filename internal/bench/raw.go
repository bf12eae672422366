package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx; sqlite comes with the floor
)

// raw reaches the application database behind the store's back, for what would
// take longer to prepare than to measure.
type raw struct {
	*sql.DB
	// time writes a time as a literal.
	time func(time.Time) string
}

func openRaw(where place) (raw, error) {
	if path, ok := strings.CutPrefix(where.address, "sqlite://"); ok {
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
		return raw{db, func(t time.Time) string { return fmt.Sprint(t.UnixMicro()) }}, err
	}
	db, err := sql.Open("pgx", where.address)
	return raw{db, func(t time.Time) string { return "timestamptz '" + t.UTC().Format(time.RFC3339Nano) + "'" }}, err
}

// multiply makes copies of the one monitor that there is. The first few are due,
// the others tomorrow.
func (r raw) multiply(ctx context.Context, due, registered int) error {
	columns, err := r.columns(ctx)
	if err != nil {
		return err
	}
	dueAt := fmt.Sprintf("case when r.i <= %d then %s else %s end", due, r.time(time.Now()), r.time(time.Now().Add(24*time.Hour)))
	copied := make([]string, len(columns))
	for i, column := range columns {
		switch column {
		case "name":
			copied[i] = "'orders_' || r.i"
		case "next_search_at", "next_due_at":
			copied[i] = dueAt
		default:
			copied[i] = "m." + column
		}
	}
	_, err = r.ExecContext(ctx, fmt.Sprintf(`insert into monitors (%s)
		with recursive r(i) as (select 2 union all select i + 1 from r where i < %d)
		select %s from r, monitors m where m.name = 'orders_0'`,
		strings.Join(columns, ", "), registered, strings.Join(copied, ", ")))
	return err
}

// columns lists the columns of monitors but the id, which each row gets itself.
func (r raw) columns(ctx context.Context) (columns []string, err error) {
	rows, err := r.QueryContext(ctx, "select * from monitors limit 0")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err = rows.Columns()
	if err != nil {
		return nil, err
	}
	return columns[1:], rows.Err()
}

// forgetExecutions makes everything that was claimed due again.
func (r raw) forgetExecutions(ctx context.Context) error {
	now := r.time(time.Now())
	_, err := r.ExecContext(ctx, "update monitors set next_search_at = "+now+", next_due_at = "+now+" where next_due_at is null")
	if err != nil {
		return err
	}
	_, err = r.ExecContext(ctx, "delete from executions")
	return err
}
