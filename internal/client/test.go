package client

import (
	"context"
	"net/http"
)

// TestReport is what became of the tests of a monitor.
type TestReport struct {
	Passed      bool         `json:"passed" doc:"Whether there are tests, and all passed."`
	Diagnostics []Diagnostic `json:"diagnostics" nullable:"false" doc:"What is to be said of the code and the tests. With an error among them, no test ran."`
	Tests       []TestResult `json:"tests" nullable:"false" doc:"In the order of the file."`
}

// TestResult is what became of one test.
type TestResult struct {
	Name     string     `json:"name"`
	Position string     `json:"position" doc:"file:line:column of its definition."`
	Passed   bool       `json:"passed"`
	Seconds  float64    `json:"seconds"`
	Error    *Failure   `json:"error" doc:"null if it passed. Its position is the innermost one, which may be in the monitor's own code."`
	Log      []LogEntry `json:"log" nullable:"false" doc:"What the test and the runs in it logged."`
}

// Test runs the tests of a draft on the server. Code with errors is in the report.
func (c *Client) Test(ctx context.Context, draft Draft) (TestReport, error) {
	return call[TestReport](ctx, c, http.MethodPost, "/api/v1/test", draft)
}
