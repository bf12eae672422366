// Package script runs monitors: Starlark code that is compiled once per version,
// frozen, and called with data.
//
// What code can call is handed in (package script/lib); what it can reach of the
// world is a [Host]. Callers see only data going in and out.
//
// A call that goes on without end, recurses, gathers more than its memory or
// returns too much fails, and nothing else notices. The interpreter looks at
// limits between two of its steps only, so what could allocate much in a single
// one asks before (see rewriter). Not stopped is what takes long in one step
// without allocating: comparing or hashing lists and tuples that hold each other
// many times over, and a search through very long texts. The call then fails when
// the step is over. An end to that takes a process of its own.
//
// It must not know stores, databases, HTTP or what becomes of what code returns.
package script

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Limits bound what one call may use. A zero field does not bound.
type Limits struct {
	// MaxSteps is the most computation steps of a routine.
	MaxSteps uint64
	// MaxMemory is how many bytes a routine may hold, not counting its arguments,
	// and how many it may allocate in one step.
	MaxMemory int64
	// MaxEntries is the most entries a routine may return.
	MaxEntries int
	// MaxNesting is how deep returned values may be nested.
	MaxNesting int
}

// Call is the circumstances of one call into a program. Wall time is bounded by
// the context.
type Call struct {
	Host Host
	// Now is the run's fixed time.
	Now time.Time
	// Seed seeds random.
	Seed   uint64
	Limits Limits
}

// Answers are what is_solved said of a list of data.
type Answers struct {
	// Solved has one element for each data that was asked about; it is shorter
	// than the list if time ran out. Where is_solved failed it is false.
	Solved []bool
	// Failed counts the data of which is_solved raised or returned no bool, and
	// First is the first such failure (R07).
	Failed int
	First  *monitor.Failure
	// FirstAt is the index of the data of which First is.
	FirstAt int
	// Err is the limit that ended the asking early, if one did.
	Err *monitor.Failure
}
