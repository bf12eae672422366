package sqlstore

import (
	"context"
	"errors"
	"time"
)

// Database runs statements. Its errors are coded as the port store says; those
// of a transaction that only met another one wrap [ErrAgain].
type Database interface {
	// Read runs statements that change nothing, in order. Each sees what was
	// committed when it began.
	Read(ctx context.Context, statements ...*Statement) error
	// Watch is Read by always the same observer, who alone can compare what {version}
	// says with what it said before.
	Watch(ctx context.Context, statements ...*Statement) error
	// Write runs statements in order, in a transaction of their own.
	Write(ctx context.Context, statements ...*Statement) error
	// Transact runs body in a transaction, which is committed if body returns nil
	// and rolled back otherwise.
	Transact(ctx context.Context, turn Turn, body func(Conn) error) error
}

// Turn says how a transaction gets along with others where there is one writer at
// a time. Where rows are locked one by one it means nothing.
type Turn struct {
	// Patience is how long to wait for the turn; 0: as long as the context allows.
	Patience time.Duration
	// Alone is for transactions that take long: no other is to wait for them that
	// does not have to.
	Alone bool
}

// Conn runs statements within a transaction.
type Conn interface {
	// Do runs the statements in order up to the first error, and hands each its
	// result. Over a network they travel together: what one needs from another's
	// result takes a second call.
	Do(ctx context.Context, statements ...*Statement) error
}

// ErrAgain marks the error of a transaction that was undone because of another
// one, and may well succeed if it is tried again.
var ErrAgain = errors.New("undone because of a concurrent transaction")

// Statement is an SQL statement with its arguments and what becomes of its result.
//
// Arguments are numbers, strings, bools, times, and nil; a zero time is NULL.
// JSON is passed as a string.
type Statement struct {
	SQL  string
	Args []any
	// Row is called for each row of the result; nil if there is none.
	Row func(Scan) error
	// Done, if not nil, is called with the number of rows that were returned,
	// inserted, updated or deleted.
	Done func(rows int64) error
}

// Scan reads the columns of a row. Destinations are pointers to numbers, strings,
// bools and times; NULL is a zero time, and must not come for others.
type Scan func(destinations ...any) error
