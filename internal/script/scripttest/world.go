package scripttest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// start is the time in every test that does not fake another: a Monday.
var start = time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC)

// world is what one test can reach and what it has done. It is the host of the
// test's own code, so functions that a test loads from the monitor and calls find
// the same fakes as those in a run.
type world struct {
	runner *runner
	// state is what is stored of the monitor. Only the test's own thread uses it.
	state *state
	fakes fakes
	log   logbook

	// mu guards the rest: code may call in parallel.
	mu  sync.Mutex
	now time.Time
	// settings are the faked ones.
	settings map[string]monitor.Data
	// program is nil when it has to be compiled for the settings.
	program *script.Program
	// runs counts the runs and reactions: each draws its own random numbers.
	runs uint64
	// faults are what fails the test whatever its code makes of it.
	faults []*monitor.Failure
	// doubtful are the results whose errors the test should have looked at.
	doubtful []*result
}

var _ script.Simulation = (*world)(nil)

func newWorld(r *runner) *world {
	return &world{
		runner:   r,
		state:    newState(r.name, r.options.Run.Plan),
		fakes:    fakes{files: r.files},
		log:      logbook{max: r.options.Run.MaxLogLines},
		now:      start,
		settings: map[string]monitor.Data{},
		program:  r.program,
	}
}

// Query answers from the fakes.
func (w *world) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	rows, fault, err := w.fakes.answer(ctx, fakeHost{w}, q)
	if fault != nil {
		w.fault(fault)
		return nil, fault
	}
	return rows, err
}

// fault notes what fails the test.
func (w *world) fault(failure *monitor.Failure) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, failure)
}

// Now is the time that the test has set.
func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Setting gives a faked setting, or else a configured one.
func (w *world) Setting(name string) (monitor.Data, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if value, ok := w.settings[name]; ok {
		return value, true
	}
	value, ok := w.runner.options.Config.Settings[name]
	return value, ok
}
