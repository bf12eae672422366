package main

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
	"github.com/vedettehq/vedette/internal/monitor"
)

// source is a database that monitors query: it answers everything, at once unless
// it is to wait, with the rows that it holds, so that only the platform is measured.
type source struct {
	rows atomic.Pointer[monitor.Rows]
	// wait is how long an answer takes, in nanoseconds, if not at once.
	wait atomic.Int64
}

// Query returns the rows.
func (s *source) Query(ctx context.Context, _ monitor.Query) (monitor.Rows, error) {
	if wait := time.Duration(s.wait.Load()); wait > 0 {
		if err := pause(ctx, wait); err != nil {
			return nil, err
		}
	}
	return *s.rows.Load(), nil
}

// hold has the source answer with these entries from now on.
func (s *source) hold(entries []floor.Entry) {
	rows := make(monitor.Rows, len(entries))
	for i := range entries {
		rows[i] = monitor.Data(entries[i].Data())
	}
	s.rows.Store(&rows)
}
