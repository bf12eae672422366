package monitors_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/script/scripttest"
	"github.com/vedettehq/vedette/internal/shop"
	"github.com/vedettehq/vedette/resources/monitors"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// compile compiles all examples.
func compile(t *testing.T) map[string]*script.Program {
	t.Helper()
	compiler := script.NewCompiler(lib.All(), script.Config{})
	programs := map[string]*script.Program{}
	for name, files := range monitors.Examples() {
		program, diagnostics := compiler.Compile(name, files)
		require.Empty(t, diagnostics, "%s:\n%s", name, diagnostics)
		programs[name] = program
	}
	return programs
}

func TestExamples_ValidateWithoutAWarningAndAreDocumented(t *testing.T) {
	t.Parallel()
	require.Len(t, compile(t), 9)
	for name, files := range monitors.Examples() {
		for _, file := range []string{monitor.CodeFile, monitor.TestFile, monitor.ReadmeFile, "search.sql"} {
			require.NotEmpty(t, files[file], "%s/%s", name, file)
		}
	}
}

func TestExamples_ThereIsOneForEachThingThatAMonitorCanDo(t *testing.T) {
	t.Parallel()
	rules, reactions, notSolvable, timed := map[monitor.RuleKind]bool{}, 0, 0, 0
	operations, missing := map[monitor.Operation]bool{}, map[monitor.Missing]bool{}
	for name, program := range compile(t) {
		d := program.Declaration()
		require.NotEmpty(t, d.Summary, name)
		require.NotEmpty(t, d.Options.Labels["team"], name)
		rules[d.Options.Rule.Kind], operations[d.Options.Rule.Operation], missing[d.Options.Missing] = true, true, true
		reactions += len(d.Reactions)
		if !d.Options.Solvable && d.Options.Unique {
			notSolvable++
		}
		if d.Options.ExecutionTimeout > 0 {
			timed++
		}
	}
	require.Len(t, rules, 3)
	require.True(t, operations[monitor.GreaterThan] && operations[monitor.LesserThan])
	require.Len(t, missing, 3)
	require.Positive(t, reactions)
	require.Positive(t, notSolvable)
	require.Positive(t, timed)
}

func TestExamples_TheirOwnTestsPass(t *testing.T) {
	t.Parallel()
	for name, files := range monitors.Examples() {
		result, err := scripttest.Run(t.Context(), name, files, scripttest.Options{})
		require.NoError(t, err)
		require.Empty(t, result.Diagnostics, "%s:\n%s", name, result.Diagnostics)
		require.GreaterOrEqual(t, len(result.Tests), 3, name)
		for _, test := range result.Tests {
			require.True(t, test.Passed, "%s: %s: %v %v", name, test.Name, test.Failure, test.Log)
		}
	}
}

// TestExamples_WithinTwoMinutesProblemsComeGrowAndGo runs all examples on a shop
// that trades, in simulated time.
func TestExamples_WithinTwoMinutesProblemsComeGrowAndGo(t *testing.T) {
	t.Parallel()
	programs := compile(t)
	path := filepath.Join(t.TempDir(), "shop.db")
	synctest.Test(t, func(t *testing.T) {
		sample, err := shop.Open(t.Context(), path, shop.Config{Seed: 1})
		require.NoError(t, err)
		ctx, stop := context.WithCancel(t.Context())
		traded := make(chan error)
		go func() { traded <- sample.Run(ctx) }()
		databases := run.NewDatabases(map[string]func() (datasource.Source, error){"shop": func() (datasource.Source, error) {
			return sqlite.Open(monitor.NewSecret("sqlite://"+path), datasource.Config{MaxSize: 2, AcquireTimeout: time.Minute, QueryTimeout: time.Minute, MaxRows: 1000})
		}}, nil)
		runner := run.New(databases, slog.New(slog.DiscardHandler), nil, run.Config{})

		histories := map[string]*history{}
		for name, program := range programs {
			histories[name] = newHistory(t, runner, program)
		}
		for second := 2; second < 120; second += 5 {
			for name, history := range histories {
				if name != "revenue_reconciliation" || second == 2 { // it is slow
					history.run(t)
				}
			}
			<-time.After(5*time.Second + time.Millisecond)
		}
		stop()
		require.NoError(t, <-traded)
		require.NoError(t, sample.Close())
		require.NoError(t, databases.Close())

		rising := 0
		for name, history := range histories {
			require.Positive(t, history.created, "%s found nothing", name)
			if program := programs[name]; program.Declaration().Options.Solvable && name != "revenue_reconciliation" {
				require.Positive(t, history.solved, "%s: nothing was solved", name)
			}
			if history.rises >= 2 {
				rising++
			}
			t.Logf("%s: %d created, %d solved, %d times more important, %d active", name, history.created, history.solved, history.rises, len(history.stored.Issues))
		}
		require.GreaterOrEqual(t, rising, 3, "alerts rise through their priorities")
	})
}
