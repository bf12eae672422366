package app

import (
	"context"
	"runtime"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

// tester runs the tests of monitors that are not registered, bounded as executions
// are.
type tester struct {
	options scripttest.Options
}

func newTester(c config.Config) *tester {
	return &tester{options: scripttest.Options{
		Config: compilerConfig(c), Run: runConfig(c), Slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
	}}
}

// Test runs the tests in the files.
func (t *tester) Test(ctx context.Context, name string, files monitor.Files) (client.TestReport, error) {
	result, err := scripttest.Run(ctx, name, files, t.options)
	if err != nil {
		return client.TestReport{}, err
	}
	report := client.TestReport{
		Passed:      result.Passed(),
		Diagnostics: client.DiagnosticsOf(result.Diagnostics),
		Tests:       make([]client.TestResult, len(result.Tests)),
	}
	for i := range result.Tests {
		report.Tests[i] = showTest(&result.Tests[i])
	}
	return report, nil
}

func showTest(t *scripttest.Test) client.TestResult {
	return client.TestResult{
		Name: t.Name, Position: t.Position, Passed: t.Passed, Seconds: t.Duration.Seconds(),
		Error: client.FailureOf(t.Failure), Log: client.LogOf(t.Log),
	}
}
