package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// answerTimeout bounds what is asked of the server at a time. Nothing of ours takes
// as long: a connection that is silent for that long leads nowhere any more, which
// the network may take a quarter of an hour to tell.
const answerTimeout = 2 * time.Minute

// database runs statements on connections of a pool.
type database struct {
	pool *pgxpool.Pool
	// patience is how long each call may take; [answerTimeout], but for tests.
	patience time.Duration
}

var _ sqlstore.Database = (*database)(nil)

// errSilent ends a call that took longer than patience.
var errSilent = errors.New("the application database does not answer")

// bounded has do end in time. A server that does not answer is away.
func (d *database) bounded(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, d.patience, errSilent)
	defer cancel()
	err := do(ctx)
	if err != nil && errors.Is(context.Cause(ctx), errSilent) {
		return monitor.Errorf(monitor.CodeUnavailable, "the application database has not answered within %s: %w", d.patience, err)
	}
	return err
}

// Read runs statements, which together make a transaction that nothing depends on.
func (d *database) Read(ctx context.Context, statements ...*sqlstore.Statement) error {
	return d.Write(ctx, statements...)
}

// Watch is Read: all connections see the same.
func (d *database) Watch(ctx context.Context, statements ...*sqlstore.Statement) error {
	return d.Read(ctx, statements...)
}

// Write runs statements that are sent together and so, without a begin, are a
// transaction.
func (d *database) Write(ctx context.Context, statements ...*sqlstore.Statement) error {
	return d.bounded(ctx, func(ctx context.Context) error {
		acquired, err := d.pool.Acquire(ctx)
		if err != nil {
			return translate(err)
		}
		defer acquired.Release()
		c := conn{Conn: acquired.Conn()}
		return c.Do(ctx, statements...)
	})
}

// rollbackTimeout bounds undoing what would be undone anyway, by the connection
// being closed.
const rollbackTimeout = 5 * time.Second

// Transact runs body in a transaction. Each lock in it is waited for as long as
// the session says, so there are no turns.
func (d *database) Transact(ctx context.Context, _ sqlstore.Turn, body func(sqlstore.Conn) error) error {
	return d.bounded(ctx, func(ctx context.Context) error { return d.transact(ctx, body) })
}

func (d *database) transact(ctx context.Context, body func(sqlstore.Conn) error) error {
	acquired, err := d.pool.Acquire(ctx)
	if err != nil {
		return translate(err)
	}
	c := &conn{Conn: acquired.Conn(), beginning: true}
	committed := false
	defer func() {
		// Also if body panics.
		if !committed && !c.beginning {
			c.rollback(ctx)
		}
		acquired.Release()
	}()
	if err := body(c); err != nil || c.beginning {
		return err
	}
	tag, err := c.Exec(ctx, "commit")
	if err != nil {
		return translate(err)
	}
	committed = true
	if tag.String() != "COMMIT" {
		return monitor.Errorf(monitor.CodeInternal, "the transaction was not committed: %s", tag)
	}
	return nil
}

// rollback undoes the transaction, even when ctx has ended. If it cannot, the
// pool closes the connection, which does the same.
func (c *conn) rollback(ctx context.Context) {
	ctx, cancel := context.WithTimeoutCause(context.WithoutCancel(ctx), rollbackTimeout, errors.New("rolling back took too long"))
	defer cancel()
	if _, err := c.Exec(ctx, "rollback"); err != nil {
		// Closed below by Release, as it is still in a transaction.
		return
	}
}
