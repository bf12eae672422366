package script

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Host is all that running code can reach of the world. Only data passes
// through it, so that a monitor may as well run in another process. It is called
// from several goroutines at a time where code uses parallel().
type Host interface {
	// Query runs a statement; errors are *monitor.Failure.
	Query(ctx context.Context, q monitor.Query) (monitor.Rows, error)
	// HTTP makes a call; errors are *monitor.Failure.
	HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error)
	// Secret gives a value that the operator exposed to monitors. From then on it is
	// taken out of whatever the run leaves behind. Errors are *monitor.Failure.
	Secret(name string) (string, error)
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

// Simulation is a host that also decides what otherwise is fixed for a call: a
// test sets the time and the settings while it runs.
type Simulation interface {
	Host
	// Now goes before the call's time.
	Now() time.Time
	// Setting goes before the settings of the configuration.
	Setting(name string) (value monitor.Data, ok bool)
}

// Printer is a host that takes what code prints apart from its log: a console
// shows it as it is.
type Printer interface {
	Host
	// Print takes a text, without a line end.
	Print(text string)
}
