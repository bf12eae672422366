package scripttest

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Result is what became of one monitor's tests.
type Result struct {
	// Diagnostics say what is wrong with the code or the tests. With an error among
	// them, no test ran.
	Diagnostics monitor.Diagnostics
	// Untested is set if the monitor has no file of tests, which is an error among
	// the diagnostics.
	Untested bool
	// Tests are in the order of the file.
	Tests []Test
}

// Test is what became of one test.
type Test struct {
	Name string
	// Position is file:line:column of its definition.
	Position string
	Passed   bool
	Duration time.Duration
	// Failure is nil if the test passed. Its position is the innermost one, which
	// may be in the monitor's own code.
	Failure *monitor.Failure
	// Log has what the test and the runs in it logged, and how those failed.
	Log []monitor.LogEntry
}

// Passed tells whether everything compiled and no test failed.
func (r *Result) Passed() bool {
	_, failed := r.Counts()
	return failed == 0 && !r.Diagnostics.HasErrors()
}

// Counts says how many tests passed and failed.
func (r *Result) Counts() (passed, failed int) {
	for i := range r.Tests {
		if r.Tests[i].Passed {
			passed++
		} else {
			failed++
		}
	}
	return passed, failed
}
