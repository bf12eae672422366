package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// cancelEvery is how often a server is asked to cancel a statement, cancelGrace
// how long it is waited for before the connection is dropped.
const (
	cancelEvery = 100 * time.Millisecond
	cancelGrace = 3 * time.Second
)

// canceller ends the statement on the server when its context ends, and lets the
// caller wait until the server says so. It asks again and again, as the driver's
// own handler does not: a request that overtakes the statement it is to cancel
// does nothing, and the statement would run on.
type canceller struct {
	conn *pgconn.PgConn
	stop context.CancelFunc
	done chan struct{}
}

func newCanceller(conn *pgconn.PgConn) ctxwatch.Handler { return &canceller{conn: conn} }

// HandleCancel begins to ask.
func (c *canceller) HandleCancel(ctx context.Context) {
	deadline := time.Now().Add(cancelGrace)
	if err := c.conn.Conn().SetDeadline(deadline); err != nil {
		return // it is closed: there is nobody to wait for
	}
	ctx, c.stop = context.WithDeadline(context.WithoutCancel(ctx), deadline)
	c.done = make(chan struct{})
	go c.ask(ctx)
}

func (c *canceller) ask(ctx context.Context) {
	defer close(c.done)
	ticker := time.NewTicker(cancelEvery)
	defer ticker.Stop()
	for {
		// A request that does not get through is made again with the next.
		_ = c.conn.CancelRequest(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// HandleUnwatchAfterCancel stops asking.
func (c *canceller) HandleUnwatchAfterCancel() {
	if c.stop == nil {
		return
	}
	c.stop()
	<-c.done
	c.stop = nil
	// An error means that the connection is closed, which whoever uses it next is told.
	_ = c.conn.Conn().SetDeadline(time.Time{})
}
