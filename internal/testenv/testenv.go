// Package testenv finds what tests need beyond Go: a PostgreSQL server, a
// stand-in for SQS, a browser. It looks in the environment, then for local
// binaries, then asks Docker; where it finds none, the test is skipped, and the
// skip is told at the end of the run, or is a failure if VEDETTE_TEST_REQUIRE is
// "all".
//
// It is for tests only and must not know what they test.
package testenv

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"

	"go.uber.org/goleak"
)

// Environment variables that tests heed.
const (
	// EnvPostgres is the address of a server on which tests may create databases.
	EnvPostgres = "VEDETTE_TEST_POSTGRES"
	// EnvSQS is the URL of a server that speaks SQS, on which tests may create queues.
	EnvSQS = "VEDETTE_TEST_SQS"
	// EnvRequire set to "all" turns every skip into a failure.
	EnvRequire = "VEDETTE_TEST_REQUIRE"
	// EnvSkips names a file to which skips are appended, a line each.
	EnvSkips = "VEDETTE_TEST_SKIPS"
)

// Main runs a package's tests, stops what they started, tidies up as the package
// asks for, and fails if goroutines were left behind. To be called from TestMain.
func Main(m *testing.M, tidyUp ...func() error) {
	overlap()
	code := m.Run()
	stopOwnServer()
	stopOwnSQS()
	for _, tidy := range tidyUp {
		if err := tidy(); err != nil {
			fmt.Fprintln(os.Stderr, "tidy up after the tests:", err)
			code = 1
		}
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, "goroutines left behind:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// overlap has twice as many tests run at once as there are processors, unless it was
// said how many: those that need more than Go wait for it half of their time.
func overlap() {
	flag.Parse()
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if said {
		return
	}
	if err := flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0))); err != nil {
		panic(err)
	}
}

// Skip skips the test for want of what, and notes how to enable it.
func Skip(t testing.TB, what, how string) {
	t.Helper()
	if os.Getenv(EnvRequire) == "all" {
		t.Fatalf("%s is required by %s=all: %s", what, EnvRequire, how)
	}
	if path := os.Getenv(EnvSkips); path != "" {
		if err := note(path, what+": "+how); err != nil {
			t.Fatalf("note the skip: %v", err)
		}
	}
	t.Skipf("needs %s: %s", what, how)
}

func note(path, line string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(file, line)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}
