package script

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Host is all that running code can reach of the world. Only data passes
// through it, so that a monitor may as well run in another process.
type Host interface {
	// Query runs a statement; errors are *monitor.Failure.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
	// Variable reads a variable of the monitor: what this run set, else what is
	// stored.
	Variable(name string) (value monitor.Data, ok bool)
	// SetVariable buffers a write (R02).
	SetVariable(name string, value monitor.Data)
	// Incomplete notes that what the routine returns is not everything.
	Incomplete(reason string)
	// Log takes a line of the execution's log; it cuts what is over the limit and
	// says so.
	Log(level monitor.LogLevel, message string, fields monitor.Data)
}
