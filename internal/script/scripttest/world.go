package scripttest

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// monday is the time in every test that does not fake another.
var monday = time.Date(2026, time.January, 5, 12, 0, 0, 0, time.UTC)

// world is what one test can reach and what it has done. It is the host of the
// test's own code, so that functions which it loads from the monitor and calls
// find the same fakes as those in a run.
type world struct {
	runner *runner
	fakes  fakes
	calls  fakeCalls
	log    logbook

	// The test's own thread alone uses these.
	state *state
	// program is nil when it has to be compiled with the settings of the test.
	program *script.Program
	// asks calls the monitor, and has its queries answered by the world.
	asks *run.Runner
	seed uint64
	// outcomes are what the test was given by them.
	outcomes []*outcome

	// mu guards what code that runs in parallel may ask for.
	mu        sync.Mutex
	now       time.Time
	variables map[string]monitor.Data
	settings  map[string]monitor.Data
	secrets   map[string]monitor.Secret
}

var _ script.Simulation = (*world)(nil)

func newWorld(r *runner) *world {
	w := &world{
		runner:    r,
		fakes:     fakes{files: r.files},
		state:     newState(r.name),
		program:   r.program,
		now:       monday,
		variables: map[string]monitor.Data{},
		settings:  map[string]monitor.Data{},
		secrets:   map[string]monitor.Secret{},
	}
	// What the monitor logs is part of the test's log.
	w.asks = run.New(w, slog.New(slog.DiscardHandler), nil, r.options.Run)
	return w
}

// Query answers from the fakes.
func (w *world) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	return w.fakes.answer(ctx, fakeHost{w}, q)
}

// Variable gives what runs and the test have set.
func (w *world) Variable(name string) (monitor.Data, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, ok := w.variables[name]
	return value, ok
}

// SetVariable sets what the next run finds.
func (w *world) SetVariable(name string, value monitor.Data) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.variables[name] = value
}

// Incomplete is called where a test calls a routine by itself: nothing becomes of
// what that returns.
func (w *world) Incomplete(reason string) {
	w.log.add(monitor.LogWarning, "incomplete: "+reason, "")
}

// Log notes what the test's own code logs.
func (w *world) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	w.log.add(level, message, fields)
}

// Now is the time that the test has set.
func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) setNow(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
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

// setSetting fakes a setting. The top level of the monitor's code may have read
// it, so the code is compiled anew for the next run.
func (w *world) setSetting(name string, value monitor.Data) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.settings[name] = value
	w.program = nil
}

// compiled is the monitor as the settings make it.
func (w *world) compiled() (*script.Program, error) {
	if w.program != nil {
		return w.program, nil
	}
	config := w.runner.options.Config
	config.Settings = maps.Clone(w.settings)
	for name, value := range w.runner.options.Config.Settings {
		if _, faked := config.Settings[name]; !faked {
			config.Settings[name] = value
		}
	}
	program, diagnostics := script.NewCompiler(lib.All(), config).Compile(w.runner.name, w.runner.files)
	if program == nil {
		return nil, monitor.Errorf(monitor.CodeInvalid, "the monitor is not valid with the faked settings:\n%s", diagnostics)
	}
	w.program = program
	return program, nil
}

// fakeHost is the host of a fake's function: a run waits for it, so it can look
// at the world but neither query nor begin another run.
type fakeHost struct{ *world }

var _ script.Simulation = fakeHost{}

// Query refuses.
func (fakeHost) Query(context.Context, monitor.Query) (monitor.Rows, error) {
	return nil, &monitor.Failure{Kind: monitor.FailureCode, Message: "query() cannot be called inside of a fake's function"}
}
