package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Store is everything of the port store that is done with statements. Clock,
// Ping and Close are the drivers'.
type Store struct {
	database Database
	dialect  *Dialect
	// now is the store's time.
	now          func() time.Time
	weight       *semaphore.Weighted
	declarations declarations
	windows      windows
	// settled is the largest id of which it was ever seen that no smaller one is
	// pending.
	settled atomic.Int64
}

// New makes a store on a database. now is to tell the store's time (R77).
func New(database Database, dialect *Dialect, now func() time.Time) *Store {
	return &Store{
		database: database,
		dialect:  dialect,
		now:      now,
		weight:   semaphore.NewWeighted(weightLimit),
	}
}

// patient is the turn of a person's action, which gives up with CodeUnavailable
// when it has waited so long.
var patient = Turn{Patience: 5 * time.Second}

// attempts is how often a transaction is tried that others keep undoing.
const attempts = 4

// transact runs body in a transaction, again if a concurrent one undid it: body
// must not keep anything from one call to the next.
func (s *Store) transact(ctx context.Context, turn Turn, body func(Conn) error) error {
	var err error
	for range attempts {
		err = s.database.Transact(ctx, turn, body)
		if !errors.Is(err, ErrAgain) {
			return err
		}
	}
	return err
}

// exec makes a statement whose rows, if any, are of no interest.
func (s *Store) exec(sql string, args ...any) *Statement {
	return &Statement{SQL: s.dialect.expand(sql), Args: args}
}

// query makes a statement that hands over its rows.
func (s *Store) query(row func(Scan) error, sql string, args ...any) *Statement {
	return &Statement{SQL: s.dialect.expand(sql), Args: args, Row: row}
}

// counting has the number of rows written to n.
func (st *Statement) counting(n *int64) *Statement {
	st.Done = func(rows int64) error {
		*n = rows
		return nil
	}
	return st
}

// affecting requires a number of rows: another one means that what was read no
// longer holds, which locks should have prevented, so it is a bug. what names the rows.
func (st *Statement) affecting(n int, what string) *Statement {
	st.Done = func(rows int64) error {
		if rows == int64(n) {
			return nil
		}
		return monitor.Errorf(monitor.CodeInternal, "write %s: %d rows were affected, the plan has %d", what, rows, n)
	}
	return st
}

// found requires at least one row.
func (st *Statement) found(format string, args ...any) *Statement {
	st.Done = func(rows int64) error {
		if rows > 0 {
			return nil
		}
		return monitor.Errorf(monitor.CodeNotFound, format, args...)
	}
	return st
}

// wrap adds the action to an error.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
