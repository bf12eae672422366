package authoring

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/script/scripttest"
)

// WriteJUnit reports on tests in the XML that pipelines read. Code that does not
// compile counts as one test in error, so that it cannot pass for a folder in
// which all is well.
func WriteJUnit(w io.Writer, suites []Suite) error {
	var report junitReport
	for i := range suites {
		suite := junitOf(&suites[i])
		report.Tests += suite.Tests
		report.Failures += suite.Failures
		report.Errors += suite.Errors
		report.Suites = append(report.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Seconds  string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string `xml:"name,attr"`
	Class   string `xml:"classname,attr"`
	File    string `xml:"file,attr,omitempty"`
	Line    string `xml:"line,attr,omitempty"`
	Seconds string `xml:"time,attr"`
	// Failure and Error are nil unless it failed, or could not run.
	Failure *junitProblem `xml:"failure"`
	Error   *junitProblem `xml:"error"`
	Log     string        `xml:"system-out,omitempty"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Kind    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func junitOf(s *Suite) junitSuite {
	suite := junitSuite{Name: s.Dir}
	var total time.Duration
	if s.Result.Diagnostics.HasErrors() {
		suite.Cases = append(suite.Cases, junitCase{
			Name: "validation", Class: s.Dir, Seconds: inSeconds(0),
			Error: &junitProblem{Message: "the code cannot be tested", Text: s.Result.Diagnostics.String()},
		})
		suite.Errors++
	}
	for i := range s.Result.Tests {
		test := junitTest(s.Dir, &s.Result.Tests[i])
		if test.Failure != nil {
			suite.Failures++
		}
		total += s.Result.Tests[i].Duration
		suite.Cases = append(suite.Cases, test)
	}
	suite.Tests = len(suite.Cases)
	suite.Seconds = inSeconds(total)
	return suite
}

func junitTest(dir string, t *scripttest.Test) junitCase {
	test := junitCase{Name: t.Name, Class: dir, Seconds: inSeconds(t.Duration)}
	// A folder's name may have colons in it.
	if parts := strings.Split(t.Position, ":"); len(parts) > 2 {
		test.File, test.Line = strings.Join(parts[:len(parts)-2], ":"), parts[len(parts)-2]
	}
	if t.Failure != nil {
		test.Failure = &junitProblem{Message: t.Failure.Error(), Kind: string(t.Failure.Kind), Text: t.Failure.Traceback}
	}
	var log strings.Builder
	for _, line := range t.Log {
		fmt.Fprintf(&log, "%s: %s %s\n", line.Level, line.Message, line.Fields)
	}
	test.Log = log.String()
	return test
}

func inSeconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }
