package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

// Not parallel: it sets the environment, and takes the machine for itself.
func TestCommand_MeasuresEveryWork(t *testing.T) {
	testenv.NeedsTime(t)
	t.Setenv(envPostgres, testenv.Postgres(t))
	var out bytes.Buffer
	require.NoError(t, command(t.Context(), []string{"-quick"}, &out, testWriter{t}))

	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Equal(t, []string{"work", "store", "floor", "ours", "ratio", "target", "ok"}, strings.Fields(lines[0]))
	for _, of := range []string{
		"40 issues created", "40 issues changed", "40 issues solved", "80 issues created", "growth", "peak memory",
		"small runs", "runs that wait", "claim 20 due of 20", "claim 20 due of 40", "list 20 monitors", "list 20 issues", "killed hard", "due to started",
	} {
		require.Contains(t, out.String(), of)
		for _, store := range kinds {
			require.Condition(t, func() bool { return hasLine(lines, of, store) }, "%s on %s", of, store)
		}
	}
	for _, of := range []string{"is_solved of 80", "20 loaded monitors", "start to ready", "resident memory", "binary"} {
		require.Contains(t, out.String(), of)
	}
}

func hasLine(lines []string, parts ...string) bool {
	for _, line := range lines {
		has := true
		for _, part := range parts {
			has = has && strings.Contains(line, part)
		}
		if has {
			return true
		}
	}
	return false
}

type testWriter struct{ t *testing.T }

// Write logs what is going on.
func (w testWriter) Write(p []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func TestCommand_RefusesWhatSelectsNothing(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, command(t.Context(), []string{"-run", "nonsense"}, io.Discard, io.Discard), `no work matches "nonsense"`)
	require.ErrorContains(t, command(t.Context(), []string{"-run", "("}, io.Discard, io.Discard), "-run")
	require.Error(t, command(t.Context(), []string{"-what"}, io.Discard, io.Discard))
}

func TestPrintTable_HoldsFiguresAgainstTheirTargets(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	require.NoError(t, printTable(&out, []figure{
		{work: "fast", store: "sqlite", floor: duration(100 * time.Millisecond), ours: duration(400 * time.Millisecond), target: timesFloor(4)},
		{work: "slow", store: "sqlite", floor: duration(100 * time.Millisecond), ours: duration(401 * time.Millisecond), target: timesFloor(4)},
		{work: "rate", floor: rate(1000), ours: rate(500), target: ofFloor(0.5)},
		{work: "memory", ours: size(3 << 20), target: atMost(size(2 << 20))},
		{work: "scale", ours: duration(1500 * time.Millisecond)},
	}))
	require.Equal(t, `
work    store   floor   ours     ratio   target          ok
fast    sqlite  100 ms  400 ms   4.00 x  <= 4 x floor    yes
slow    sqlite  100 ms  401 ms   4.01 x  <= 4 x floor    NO
rate    -       1000/s  500/s    0.50 x  >= 0.5 x floor  yes
memory  -       -       3.0 MiB  -       <= 2.0 MiB      NO
scale   -       -       1.50 s   -       -               -
`, "\n"+out.String())
}

func TestPercentile(t *testing.T) {
	t.Parallel()
	var measured []time.Duration
	for i := range 100 {
		measured = append(measured, time.Duration(100-i))
	}
	require.Equal(t, time.Duration(50), median(measured))
	require.Equal(t, time.Duration(99), percentile(measured, 0.99))
	require.Equal(t, time.Duration(100), percentile(measured, 1))
	require.Equal(t, time.Duration(7), median([]time.Duration{7}))
}
