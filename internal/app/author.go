package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

// Author does what authors of monitors need, on folders and in this process: it
// needs no server, and no store.
type Author struct {
	config   config.Config
	plugins  Plugins
	logger   *slog.Logger
	compiler *script.Compiler
}

// NewAuthor makes an author's tool for a configuration.
func NewAuthor(c config.Config, plugins Plugins, logger *slog.Logger) *Author {
	return &Author{config: c, plugins: plugins, logger: logger, compiler: newCompiler(c)}
}

// Validate finds all mistakes in a folder's code. Files are named with the folder.
func (a *Author) Validate(dir string) monitor.Diagnostics {
	_, _, diagnostics := a.compile(dir)
	return diagnostics
}

// compile reads and compiles a folder; the program is nil if there are errors.
func (a *Author) compile(dir string) (string, *script.Program, monitor.Diagnostics) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return "", nil, monitor.Diagnostics{{File: dir, Message: err.Error(), Severity: monitor.SeverityError}}
	}
	program, found := a.compiler.Compile(name, files)
	diagnostics = catalog.Combine(diagnostics, found)
	for i := range diagnostics {
		diagnostics[i].File = catalog.Locate(dir, diagnostics[i].File)
	}
	if diagnostics.HasErrors() {
		return name, nil, diagnostics
	}
	return name, program, diagnostics
}

// TryOptions say what to try.
type TryOptions struct {
	Tasks monitor.Tasks
	// Issues are the data of issues that count as active.
	Issues []monitor.Data
}

// Try runs a folder's monitor for real, on the configured databases, and gives
// the plan without writing it. Diagnostics with errors mean that it did not run.
func (a *Author) Try(ctx context.Context, dir string, options TryOptions) (_ Preview, _ monitor.Diagnostics, err error) {
	name, program, diagnostics := a.compile(dir)
	if program == nil {
		return Preview{}, diagnostics, nil
	}
	declaration := program.Declaration()
	now := time.Now()
	loaded, err := imagined(name, declaration.Options.ModelIDKey, options.Issues, now)
	if err != nil {
		return Preview{}, diagnostics, err
	}
	c := a.config
	c.Databases.Addresses = withShop(c)
	databases, err := openSources(c, a.plugins, nil)
	if err != nil {
		return Preview{}, diagnostics, err
	}
	defer func() { err = errors.Join(err, databases.Close()) }()

	// What the code logs is part of the preview.
	quiet := slog.New(slog.DiscardHandler)
	runner := run.New(databases, quiet, nil, runConfig(a.config))
	tasks := options.Tasks & declaration.Tasks()
	if tasks == 0 {
		return Preview{}, diagnostics, fmt.Errorf("%s has no %v to run", name, options.Tasks.Names())
	}
	result, err := runner.Run(ctx, program, &loaded, tasks, now, uint64(now.UnixNano()))
	if err != nil {
		return Preview{}, diagnostics, err
	}
	plan := runner.Plan(program, &result, loaded, now)
	return newPreview(&loaded, tasks, &result, &plan), diagnostics, nil
}

// imagined is a snapshot of a monitor that has the given issues.
func imagined(name, modelIDKey string, issues []monitor.Data, now time.Time) (monitor.Snapshot, error) {
	snapshot := monitor.Snapshot{
		Monitor:   monitor.Monitor{ID: 1, Name: name, Enabled: true},
		Variables: map[string]monitor.Data{},
	}
	for i, data := range issues {
		id, err := monitor.ModelID(data, modelIDKey)
		if err != nil {
			return snapshot, fmt.Errorf("issue %d of those given: %w", i+1, err)
		}
		snapshot.Issues = append(snapshot.Issues, monitor.Issue{
			ID: int64(i + 1), MonitorID: 1, ModelID: id, Status: monitor.IssueActive,
			Data: data, CreatedAt: now, UpdatedAt: now,
		})
	}
	return snapshot, nil
}

// TestResult is what became of the tests of one folder.
type TestResult = scripttest.Result

// Test runs the tests of a folder whose names match filter, a regular expression.
func (a *Author) Test(ctx context.Context, dir, filter string) (TestResult, error) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return TestResult{}, err
	}
	if diagnostics.HasErrors() {
		return TestResult{Diagnostics: diagnostics}, nil
	}
	result, err := scripttest.Run(ctx, name, files, scripttest.Options{
		Filter: filter,
		Config: compilerConfig(a.config),
		Run:    runConfig(a.config),
	})
	for i := range result.Diagnostics {
		result.Diagnostics[i].File = catalog.Locate(dir, result.Diagnostics[i].File)
	}
	return result, err
}
