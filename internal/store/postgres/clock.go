package postgres

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// clock tells the server's time (R77): its last sample and what the monotonic
// clock of this process has counted since. So a change of this machine's clock
// moves nothing.
type clock struct{ sample atomic.Pointer[sample] }

type sample struct {
	server time.Time
	// at is when this process thought it was, with its monotonic reading.
	at time.Time
}

// Now is the server's time as of the last Sync.
func (c *clock) Now() time.Time {
	s := c.sample.Load()
	return s.server.Add(time.Since(s.at)).Truncate(time.Microsecond)
}

// sync samples the server's clock, taking it to have been read halfway.
func (c *clock) sync(ctx context.Context, database sqlstore.Database) (time.Duration, error) {
	var server time.Time
	before := time.Now()
	err := database.Read(ctx, &sqlstore.Statement{
		SQL: `select clock_timestamp()`, Row: func(scan sqlstore.Scan) error { return scan(&server) },
	})
	if err != nil {
		return 0, err
	}
	at := before.Add(time.Since(before) / 2)
	c.sample.Store(&sample{server: server.UTC(), at: at})
	return server.Sub(at.Round(0)), nil
}
