package datasource

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// AcquireContext bounds the wait for a connection. Its cause names the limit.
func (c Config) AcquireContext(ctx context.Context) (context.Context, context.CancelFunc) {
	return withLimit(ctx, c.AcquireTimeout, Failuref(monitor.FailureTimeout,
		"no connection within %s (databases.acquire_timeout): all %d are in use, or the server does not answer", c.AcquireTimeout, c.MaxSize))
}

// QueryContext bounds a statement, by its own timeout or else by the configured
// one. Its cause names the limit.
func (c Config) QueryContext(ctx context.Context, q monitor.Query) (context.Context, context.CancelFunc) {
	if q.Timeout > 0 {
		return withLimit(ctx, q.Timeout, Failuref(monitor.FailureTimeout, "the query took longer than its timeout of %s", q.Timeout))
	}
	return withLimit(ctx, c.QueryTimeout, Failuref(monitor.FailureTimeout, "the query took longer than %s (databases.query_timeout)", c.QueryTimeout))
}

// Bounds are the bounds of a query's result: its own, or else the configured.
func (c Config) Bounds(q monitor.Query) Bounds {
	rows := q.MaxRows
	if rows <= 0 {
		rows = c.MaxRows
	}
	return Bounds{Rows: rows, Bytes: c.MaxBytes}
}

func withLimit(ctx context.Context, limit time.Duration, cause *monitor.Failure) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, limit, cause)
}
