package run_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

func TestVariables_R02_AreKeptOnlyFromARoutineThatCameThroughWhole(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		afterSetting func(ctx context.Context, host script.Host) error
		kept         bool
	}{
		"succeeded": {func(context.Context, script.Host) error { return nil }, true},
		"failed": {func(context.Context, script.Host) error {
			return &monitor.Failure{Kind: monitor.FailureFail, Message: "no"}
		}, false},
		"refused by R11": {func(context.Context, script.Host) error {
			return &monitor.Failure{Kind: monitor.FailureResult, Message: "search() returned an int"}
		}, false},
		"timed out": {func(ctx context.Context, _ script.Host) error { return waiting(ctx) }, false},
		"incomplete": {func(_ context.Context, host script.Host) error {
			host.Incomplete("only page 1")
			return nil
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var seen monitor.Data
				program := &fakeProgram{
					options: monitor.Options{Solvable: true},
					update: func(ctx context.Context, host script.Host, _ []monitor.Data) (monitor.Returned, error) {
						host.SetVariable("bookmark", `"new"`)
						own, _ := host.Variable("bookmark")
						require.Equal(t, monitor.Data(`"new"`), own, "a routine sees what it set itself")
						return entries(`{"id":1}`), test.afterSetting(ctx, host)
					},
					search: func(_ context.Context, host script.Host) (monitor.Returned, error) {
						seen, _ = host.Variable("bookmark")
						return entries(), nil
					},
					isSolved: notSolved,
				}
				loaded := snapshot(`{"id":1}`)
				loaded.Variables["bookmark"] = `"old"`
				result := runBoth(t, program, loaded)

				if test.kept {
					require.Equal(t, []monitor.RoutineVariables{{Routine: "update", Values: map[string]monitor.Data{"bookmark": `"new"`}}}, result.Outcome.Variables)
					require.Equal(t, monitor.Data(`"new"`), seen, "a later routine sees it")
				} else {
					require.Empty(t, result.Outcome.Variables)
					require.Equal(t, monitor.Data(`"old"`), seen)
				}
			})
		})
	}
}

func TestIncomplete_R14_NothingIsEndedByItsAbsence(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{
		options: monitor.Options{Solvable: true, Missing: monitor.MissingDrop},
		update: func(_ context.Context, host script.Host, _ []monitor.Data) (monitor.Returned, error) {
			host.Incomplete("only page 1")
			return entries(), nil
		},
		search: func(_ context.Context, host script.Host) (monitor.Returned, error) {
			host.Incomplete("no page 2")
			return entries(), nil
		},
		isSolved: notSolved,
	}
	result := runBoth(t, program, snapshot(`{"id":1}`))
	require.False(t, result.Outcome.Update.Whole)
	require.Equal(t, "update: only page 1; search: no page 2", result.Outcome.Report.Incomplete)
}

func TestQuery_IsTimed(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: func(ctx context.Context, host script.Host) (monitor.Returned, error) {
		rows, err := host.Query(ctx, monitor.Query{Database: "shop", SQL: "select 1"})
		require.NoError(t, err)
		return entries(rows...), nil
	}}
	result := runBoth(t, program, snapshot())
	require.Len(t, result.Queries, 1)
	timing := result.Queries[0]
	timing.Duration = 0
	require.Equal(t, run.QueryTiming{Routine: "search", Database: "shop", SQL: "select 1", Rows: 1}, timing)
}

func TestLog_IsDatedByTheRunsClockAndCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var process strings.Builder
		runner := run.New(fakeDatabases{}, slog.New(slog.NewTextHandler(&process, nil)), prometheus.NewRegistry(), run.Config{MaxLogLines: 3})
		program := &fakeProgram{search: func(_ context.Context, host script.Host) (monitor.Returned, error) {
			host.Log(monitor.LogInfo, "first", `{"a":1}`)
			<-time.After(2 * time.Second)
			host.Log(monitor.LogError, strings.Repeat("é", 8000), "")
			for i := range 10 {
				host.Log(monitor.LogDebug, fmt.Sprint("line ", i), "")
			}
			return entries(), nil
		}}
		result, err := runner.Run(t.Context(), program, snapshot(), both, now, 1)
		require.NoError(t, err)

		log := result.Outcome.Report.Log
		require.Len(t, log, 4)
		require.Equal(t, monitor.LogEntry{At: now, Level: monitor.LogInfo, Message: "first", Fields: `{"a":1}`}, log[0])
		require.Equal(t, now.Add(2*time.Second), log[1].At)
		require.Equal(t, strings.Repeat("é", 4096)+"... (cut)", log[1].Message)
		require.Equal(t, "the log is full: 9 more lines were dropped", log[3].Message)
		require.Contains(t, process.String(), `msg="monitor log" monitor=orders text=first`)
		require.NotContains(t, process.String(), "line 5", "what is cut goes nowhere")
	})
}

func TestLog_IsBoundedInAll(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: func(_ context.Context, host script.Host) (monitor.Returned, error) {
		for range 500 {
			host.Log(monitor.LogInfo, strings.Repeat("x", 5000), "")
		}
		return entries(), nil
	}}
	lines := runBoth(t, program, snapshot()).Outcome.Report.Log
	require.Len(t, lines, 1<<20/5000+1)
	require.Contains(t, lines[len(lines)-1].Message, "more lines were dropped")
}

func TestIncomplete_ReasonsAreCut(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: func(_ context.Context, host script.Host) (monitor.Returned, error) {
		for range 100 {
			host.Incomplete(strings.Repeat("x", 100_000))
		}
		return entries(), nil
	}}
	result := runBoth(t, program, snapshot())
	require.Less(t, len(result.Outcome.Report.Incomplete), 20<<10)
	require.Contains(t, result.Outcome.Report.Incomplete, "... (cut)")
}

// What failed is stored with the execution and shown: it must not be as long as
// code can make it.
func TestRun_MessagesOfFailuresAreCut(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: func(context.Context, script.Host) (monitor.Returned, error) {
		return monitor.Returned{}, &monitor.Failure{Kind: monitor.FailureFail, Message: strings.Repeat("x", 1<<20), Position: "monitor.star:1:1"}
	}}
	failure := routine(t, runBoth(t, program, snapshot()), "search").Error
	require.Equal(t, strings.Repeat("x", 8<<10)+"... (cut)", failure.Message)
	require.Equal(t, "monitor.star:1:1", failure.Position)
}

func TestQuery_LongStatementsAreNotedInPart(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: func(ctx context.Context, host script.Host) (monitor.Returned, error) {
		_, err := host.Query(ctx, monitor.Query{Database: "shop", SQL: "select 1 -- " + strings.Repeat("x", 1<<20)})
		return entries(), err
	}}
	result := runBoth(t, program, snapshot())
	require.Len(t, result.Queries, 1)
	require.Less(t, len(result.Queries[0].SQL), 65<<10)
}

func TestLog_NamesEntriesThatWereSetAside(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{search: returning(`{"id":1}`, `{"name":"no id"}`)}
	result := runBoth(t, program, snapshot())
	require.Len(t, result.Outcome.Report.Log, 1)
	require.Equal(t, monitor.LogWarning, result.Outcome.Report.Log[0].Level)
	require.Contains(t, result.Outcome.Report.Log[0].Message, "entry 2")
}
