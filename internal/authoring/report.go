package authoring

import (
	"github.com/vedettehq/vedette/internal/monitor"
)

// Report is what became of the tests of one folder, for programs.
type Report struct {
	Dir    string `json:"dir"`
	Passed bool   `json:"passed"`
	// Diagnostics say what is wrong with the code or the tests. With an error among
	// them, no test ran.
	Diagnostics monitor.Diagnostics `json:"diagnostics"`
	Tests       []TestReport        `json:"tests"`
}

// TestReport is what became of one test.
type TestReport struct {
	Name string `json:"name"`
	// Position is file:line:column of its definition.
	Position string  `json:"position"`
	Passed   bool    `json:"passed"`
	Seconds  float64 `json:"seconds"`
	// Failure is nil if the test passed.
	Failure *monitor.Failure   `json:"failure"`
	Log     []monitor.LogEntry `json:"log"`
}

// Report gives the suite in the form for programs. Its lists are never nil.
func (s *Suite) Report() Report {
	r := Report{
		Dir:         s.Dir,
		Passed:      s.Result.Passed(),
		Diagnostics: append(monitor.Diagnostics{}, s.Result.Diagnostics...),
		Tests:       make([]TestReport, len(s.Result.Tests)),
	}
	for i, t := range s.Result.Tests {
		r.Tests[i] = TestReport{
			Name: t.Name, Position: t.Position, Passed: t.Passed, Seconds: t.Duration.Seconds(),
			Failure: t.Failure, Log: append([]monitor.LogEntry{}, t.Log...),
		}
	}
	return r
}
