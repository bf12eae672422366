package app

import (
	"context"
	"encoding/json"
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
		Diagnostics: make([]client.Diagnostic, len(result.Diagnostics)),
		Tests:       make([]client.TestResult, len(result.Tests)),
	}
	for i, d := range result.Diagnostics {
		report.Diagnostics[i] = client.Diagnostic{File: d.File, Line: d.Line, Column: d.Column, Message: d.Message, Severity: string(d.Severity), Code: string(d.Code)}
	}
	for i := range result.Tests {
		report.Tests[i] = showTest(&result.Tests[i])
	}
	return report, nil
}

func showTest(t *scripttest.Test) client.TestResult {
	shown := client.TestResult{
		Name: t.Name, Position: t.Position, Passed: t.Passed, Seconds: t.Duration.Seconds(),
		Log: make([]client.LogEntry, len(t.Log)),
	}
	if f := t.Failure; f != nil {
		shown.Error = &client.Failure{Kind: string(f.Kind), Message: f.Message, Position: f.Position, Traceback: f.Traceback}
	}
	for i, e := range t.Log {
		shown.Log[i] = client.LogEntry{At: e.At.UTC(), Level: string(e.Level), Message: e.Message}
		if e.Fields != "" {
			shown.Log[i].Fields = json.RawMessage(e.Fields)
		}
	}
	return shown
}
