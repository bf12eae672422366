package main

import (
	"context"
	"sync/atomic"

	"github.com/vedettehq/vedette/internal/bench/floor"
	"github.com/vedettehq/vedette/internal/monitor"
)

// source is a database that monitors query: it answers everything at once with
// the rows that it holds, so that only the platform is measured.
type source struct{ rows atomic.Pointer[monitor.Rows] }

// Query returns the rows.
func (s *source) Query(context.Context, monitor.Query) (monitor.Rows, error) {
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
