package scripttest

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// testPrefix begins the names of functions that are tests.
const testPrefix = "test_"

// What bounds a test and the runs in it where the options say nothing.
const (
	defaultTimeout           = 10 * time.Second
	defaultMaxSteps          = 200_000_000
	defaultMaxMemory         = 128 << 20
	defaultMaxIssuesCreation = 100
)

// Options say which tests run, and under which circumstances.
type Options struct {
	// Filter is a regular expression: only tests whose names it matches run. Empty:
	// all.
	Filter string
	// Config is what compiling the monitor depends on besides its files.
	Config script.Config
	// Run bounds the runs that tests make, and its Script the tests themselves.
	// Defaults: as configured by default.
	Run run.Config
	// Timeout bounds each test. Default: 10s.
	Timeout time.Duration
	// Slots bounds the tests under way by its capacity, also over several calls that
	// share it: each test holds a slot. Default: one for each processor.
	Slots chan struct{}
}

func (o Options) withDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Slots == nil {
		o.Slots = make(chan struct{}, runtime.GOMAXPROCS(0))
	}
	if o.Run.Script.MaxSteps == 0 {
		o.Run.Script.MaxSteps = defaultMaxSteps
	}
	if o.Run.Script.MaxMemory == 0 {
		o.Run.Script.MaxMemory = defaultMaxMemory
	}
	if o.Run.Plan.MaxIssuesCreation == 0 {
		o.Run.Plan.MaxIssuesCreation = defaultMaxIssuesCreation
	}
	return o
}

// Run runs the tests of a monitor; name is its folder's, files are as for
// [script.Compiler.Compile]. What is wrong with the files are diagnostics of the
// result; the error is a malformed filter, or ctx's cause if ctx ended before all
// tests had.
func Run(ctx context.Context, name string, files monitor.Files, options Options) (Result, error) {
	filter, err := regexp.Compile(options.Filter)
	if err != nil {
		return Result{}, monitor.Errorf(monitor.CodeInvalid, "read the filter of tests: %w", err)
	}
	options = options.withDefaults()
	program, diagnostics := script.NewCompiler(lib.All(), options.Config).Compile(name, files)
	if program == nil {
		return Result{Diagnostics: diagnostics}, nil
	}
	if _, ok := files[monitor.TestFile]; !ok {
		return Result{Diagnostics: problem("there is no such file: a monitor's tests are in it"), Untested: true}, nil
	}
	suite, diagnostics := compileTests(program, files, options.Config)
	if suite == nil {
		return Result{Diagnostics: diagnostics}, nil
	}
	r := &runner{name: name, files: files, options: options, program: program, suite: suite}
	tests, err := r.tests(ctx, filter)
	return Result{Diagnostics: diagnostics, Tests: tests}, err
}

// compileTests makes the suite of a monitor's tests; nil if there are errors.
func compileTests(program *script.Program, files monitor.Files, config script.Config) (*script.Suite, monitor.Diagnostics) {
	compiler := script.NewCompiler(library(), config)
	suite, diagnostics := compiler.CompileSuite(program, files, monitor.TestFile, testPrefix)
	if suite != nil && len(suite.Functions()) == 0 {
		return nil, problem(fmt.Sprintf("there are no tests: define functions %s...()", testPrefix))
	}
	return suite, diagnostics
}

// problem is what is wrong with the file of the tests as a whole.
func problem(message string) monitor.Diagnostics {
	return monitor.Diagnostics{{File: monitor.TestFile, Message: message, Severity: monitor.SeverityError}}
}

// runner runs the tests of one monitor.
type runner struct {
	name    string
	files   monitor.Files
	options Options
	program *script.Program
	suite   *script.Suite
}

// tests runs those whose names the filter matches, as many at a time as there are
// slots.
func (r *runner) tests(ctx context.Context, filter *regexp.Regexp) ([]Test, error) {
	var chosen []script.SuiteFunction
	for _, function := range r.suite.Functions() {
		if filter.MatchString(function.Name) {
			chosen = append(chosen, function)
		}
	}
	tests := make([]Test, len(chosen))
	var group errgroup.Group
	for i, function := range chosen {
		select {
		case <-ctx.Done():
			_ = group.Wait() // it says the same
			return nil, context.Cause(ctx)
		case r.options.Slots <- struct{}{}:
		}
		group.Go(func() error {
			defer func() { <-r.options.Slots }()
			tests[i] = r.test(ctx, function)
			return context.Cause(ctx)
		})
	}
	return tests, group.Wait()
}

// test runs one test in a world of its own.
func (r *runner) test(ctx context.Context, function script.SuiteFunction) Test {
	limited, cancel := context.WithTimeoutCause(ctx, r.options.Timeout, &monitor.Failure{
		Kind:    monitor.FailureLimit,
		Message: fmt.Sprintf("took longer than the limit of %s for a test", r.options.Timeout),
	})
	defer cancel()
	w := newWorld(r)
	start := time.Now()
	err := r.suite.Call(limited, script.Call{Host: w, Now: w.Now(), Limits: r.options.Run.Script}, function)
	t := Test{Name: function.Name, Position: function.Position, Duration: time.Since(start)}
	t.Failure = w.verdict(err)
	t.Passed = t.Failure == nil
	t.Log = w.log.lines()
	return t
}
