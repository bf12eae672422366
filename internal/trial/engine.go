package trial

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

// Compiler makes programs of files; *script.Compiler is one.
type Compiler interface {
	// Compile gives a program unless one of the diagnostics is an error.
	Compile(name string, files monitor.Files) (*script.Program, monitor.Diagnostics)
}

// Config is what a try depends on besides its code.
type Config struct {
	// Run bounds it as it bounds executions.
	Run run.Config
	// Receivers are the names of those that are configured.
	Receivers []string
	// Now tells the store's time (R77). Default: the process's.
	Now func() time.Time
}

// Engine tries monitors. It is safe for concurrent use, and writes nothing.
type Engine struct {
	compiler Compiler
	runner   *run.Runner
	config   Config
}

// New makes an engine whose monitors query these databases.
func New(compiler Compiler, databases run.Querier, config Config) *Engine {
	if config.Now == nil {
		config.Now = time.Now
	}
	// What the code logs is part of the preview, and what is only tried is no part of
	// the metrics of monitors.
	config.Run.SampleQueries = true
	runner := run.New(databases, slog.New(slog.DiscardHandler), nil, config.Run)
	return &Engine{compiler: compiler, runner: runner, config: config}
}

// Request says what to try.
type Request struct {
	Name  string
	Files monitor.Files
	// Tasks that the monitor does not have are passed over. 0: all that it has.
	Tasks monitor.Tasks
	// Snapshot is what is stored of the monitor; zero if nothing is.
	Snapshot monitor.Snapshot
	// Closed tells which of the model ids were issues of the monitor that have ended;
	// it is asked for unique monitors only. nil: none of them.
	Closed func(ctx context.Context, modelIDs []string) (map[string]bool, error)
	// Issues are the data of issues that count as active in place of those in
	// Snapshot, which keeps its variables; nil: those in Snapshot count.
	Issues []monitor.Data
}

// Validate finds all mistakes in a monitor's files.
func (e *Engine) Validate(name string, files monitor.Files) monitor.Diagnostics {
	_, diagnostics := e.compiler.Compile(name, files)
	return diagnostics
}

// Try runs the monitor and gives what a run would have written. Diagnostics with
// errors mean that it did not run; without, they are part of the preview, too.
// The error is CodeInvalid for what cannot be tried, or ctx's cause if ctx ended.
func (e *Engine) Try(ctx context.Context, r Request) (client.Preview, monitor.Diagnostics, error) {
	program, diagnostics := e.compiler.Compile(r.Name, r.Files)
	if program == nil || diagnostics.HasErrors() {
		return client.Preview{}, diagnostics, nil
	}
	preview, err := e.run(ctx, program, &r)
	if err != nil {
		return client.Preview{}, diagnostics, err
	}
	preview.Diagnostics = client.DiagnosticsOf(diagnostics)
	return preview, diagnostics, nil
}

func (e *Engine) run(ctx context.Context, program *script.Program, r *Request) (client.Preview, error) {
	declaration := program.Declaration()
	tasks, err := tasksOf(&declaration, r)
	if err != nil {
		return client.Preview{}, err
	}
	now := e.config.Now()
	t := attempt{declaration: &declaration, receivers: e.config.Receivers, tasks: tasks}
	if t.loaded, err = load(r, declaration.Options.ModelIDKey, now); err != nil {
		return client.Preview{}, err
	}
	t.isImagined = r.Issues != nil
	if t.result, err = e.runner.Run(ctx, program, &t.loaded, tasks, now, uint64(now.UnixNano())); err != nil {
		return client.Preview{}, err
	}
	stored := t.loaded
	if declaration.Options.Unique && r.Closed != nil {
		if stored.Closed, err = r.Closed(ctx, t.result.ModelIDs()); err != nil {
			return client.Preview{}, fmt.Errorf("look for issues that have ended: %w", err)
		}
	}
	t.plan = e.runner.Plan(program, &t.result, stored, now)
	return t.preview(), nil
}

// tasksOf are those that were asked for and that the monitor has.
func tasksOf(d *monitor.Declaration, r *Request) (monitor.Tasks, error) {
	tasks := d.Tasks()
	if r.Tasks != 0 {
		tasks &= r.Tasks
	}
	if tasks == 0 {
		return 0, monitor.Errorf(monitor.CodeInvalid, "tasks: %s has no %s(): it has %s()", r.Name, r.Tasks.Names()[0], d.Tasks().Names()[0])
	}
	return tasks, nil
}
