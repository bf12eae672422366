package app

import (
	"context"
	"errors"
	"log/slog"
	"runtime"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/scripttest"
	"github.com/vedettehq/vedette/internal/trial"
)

// Author does what authors of monitors need, on folders and in this process: it
// needs no server, and no store.
type Author struct {
	config   config.Config
	plugins  Plugins
	logger   *slog.Logger
	compiler *script.Compiler
	// slots bounds the tests of all folders.
	slots chan struct{}
}

// NewAuthor makes an author's tool for a configuration.
func NewAuthor(c config.Config, plugins Plugins, logger *slog.Logger) *Author {
	return &Author{
		config: c, plugins: plugins, logger: logger, compiler: newAuthorsCompiler(c),
		slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}
}

// Validate finds all mistakes in a folder's code. Files are named with the folder.
// Where receivers are configured, one that is not is a mistake, as it is wherever a
// version is to become current; without any, they may be elsewhere.
func (a *Author) Validate(dir string) monitor.Diagnostics {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return monitor.Diagnostics{{File: dir, Message: err.Error(), Severity: monitor.SeverityError}}
	}
	_, found := a.compiler.Compile(name, files)
	if len(a.config.Receivers) > 0 {
		found = found.Strict()
	}
	return locate(dir, catalog.Combine(diagnostics, found))
}

// Read reads a folder as a server is to be sent it. Files that cannot be read are
// diagnostics, which name them with the folder.
func (a *Author) Read(dir string) (client.Draft, monitor.Diagnostics, error) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	return client.Draft{Name: name, Files: files}, locate(dir, diagnostics), err
}

// TryOptions say what to try.
type TryOptions struct {
	// Tasks that the monitor does not have are passed over. 0: all that it has.
	Tasks monitor.Tasks
	// Issues are the data of issues that count as active; nil: there are none.
	Issues []monitor.Data
}

// Try runs a folder's monitor for real, on the configured databases, and gives
// the plan without writing it. Diagnostics with errors mean that it did not run.
func (a *Author) Try(ctx context.Context, dir string, options TryOptions) (_ client.Preview, _ monitor.Diagnostics, err error) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return client.Preview{}, nil, err
	}
	if diagnostics.HasErrors() {
		return client.Preview{}, a.Validate(dir), nil
	}
	c := a.config
	c.Databases.Addresses = withShop(c)
	databases, err := openSources(c, a.plugins, nil)
	if err != nil {
		return client.Preview{}, nil, err
	}
	defer func() { err = errors.Join(err, databases.Close()) }()
	calls, err := newHTTPClient(c, nil)
	if err != nil {
		return client.Preview{}, nil, err
	}
	defer func() { err = errors.Join(err, calls.Close()) }()

	engine := newTrial(a.config, a.compiler, outside(c, databases, calls), nil)
	preview, found, err := engine.Try(ctx, trial.Request{Name: name, Files: files, Tasks: options.Tasks, Issues: options.Issues})
	return preview, locate(dir, catalog.Combine(diagnostics, found)), err
}

// TestResult is what became of the tests of one folder.
type TestResult = scripttest.Result

// Test runs the tests of a folder whose names match filter, a regular expression.
// Positions name files with the folder.
func (a *Author) Test(ctx context.Context, dir, filter string) (TestResult, error) {
	name, files, diagnostics, err := catalog.ReadMonitor(dir)
	if err != nil {
		return TestResult{}, err
	}
	if diagnostics.HasErrors() {
		return TestResult{Diagnostics: locate(dir, diagnostics)}, nil
	}
	result, err := scripttest.Run(ctx, name, files, scripttest.Options{
		Filter: filter,
		Config: compilerConfig(a.config),
		Run:    runConfig(a.config),
		Slots:  a.slots,
	})
	result.Diagnostics = locate(dir, result.Diagnostics)
	for i := range result.Tests {
		test := &result.Tests[i]
		test.Position = catalog.Locate(dir, test.Position)
		if test.Failure != nil && test.Failure.Position != "" {
			test.Failure.Position = catalog.Locate(dir, test.Failure.Position)
		}
	}
	return result, err
}

// locate names files with the folder that they are in.
func locate(dir string, diagnostics monitor.Diagnostics) monitor.Diagnostics {
	for i := range diagnostics {
		diagnostics[i].File = catalog.Locate(dir, diagnostics[i].File)
	}
	return diagnostics
}
