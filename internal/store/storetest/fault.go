package storetest

import (
	"context"
	"sync/atomic"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Faulty stands before a database and has things go wrong on request.
type Faulty struct {
	sqlstore.Database
	// cutAfter is after how many more statements of transactions cut is called.
	cutAfter atomic.Int64
	cut      context.CancelFunc
	// undone is how many more transactions are undone as if for another one's sake.
	undone atomic.Int64
}

// MakeFaulty stands before a database.
func MakeFaulty(database sqlstore.Database) *Faulty { return &Faulty{Database: database} }

// Transact runs body, with the faults that are due.
func (f *Faulty) Transact(ctx context.Context, turn sqlstore.Turn, body func(sqlstore.Conn) error) error {
	return f.Database.Transact(ctx, turn, func(conn sqlstore.Conn) error {
		if err := body(faultyConn{f, conn}); err != nil {
			return err
		}
		if f.undone.Add(-1) >= 0 {
			return monitor.Errorf(monitor.CodeUnavailable, "%w", sqlstore.ErrAgain)
		}
		return nil
	})
}

type faultyConn struct {
	faulty *Faulty
	conn   sqlstore.Conn
}

// Do runs the statements one by one, so that it can be cut short between any two.
func (c faultyConn) Do(ctx context.Context, statements ...*sqlstore.Statement) error {
	for _, statement := range statements {
		if err := c.conn.Do(ctx, statement); err != nil {
			return err
		}
		if c.faulty.cutAfter.Add(-1) == 0 {
			c.faulty.cut()
		}
	}
	return nil
}
