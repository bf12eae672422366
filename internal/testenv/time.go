package testenv

import (
	"os"
	"testing"
)

// NeedsTime skips a test that takes the better part of a minute, where not all are
// asked for; without -short the skip is told as any other is.
func NeedsTime(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes the better part of a minute")
	}
	if !All() {
		Skip(t, "time", "set "+EnvRequire+"=all, as .ci/run does")
	}
}

// Many is how often a test does something: a few times, and often where all tests
// are asked for.
func Many(few, often int) int {
	if All() {
		return often
	}
	return few
}

// All tells whether all tests are asked for, however long they take.
func All() bool { return os.Getenv(EnvRequire) == "all" && !testing.Short() }
