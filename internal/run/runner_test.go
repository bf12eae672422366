package run_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

func TestRun_UpdateComesBeforeSearchAndIsSolved(t *testing.T) {
	t.Parallel()
	var asked []monitor.Data
	program := &fakeProgram{
		options: monitor.Options{Solvable: true},
		search:  returning(`{"id":3}`),
		update: func(_ context.Context, _ script.Host, issues []monitor.Data) (monitor.Returned, error) {
			require.Equal(t, []monitor.Data{`{"id":1}`, `{"id":2}`}, issues)
			return entries(`{"id":1,"paid":true}`, `{"id":2}`), nil
		},
		isSolved: func(_ context.Context, _ script.Host, data []monitor.Data) script.Answers {
			asked = data
			return script.Answers{Solved: []bool{true, false, false}}
		},
	}
	result := runBoth(t, program, snapshot(`{"id":1}`, `{"id":2}`))

	require.Equal(t, []string{"update", "search", "is_solved"}, program.calls)
	require.ElementsMatch(t, []monitor.Data{`{"id":1,"paid":true}`, `{"id":2}`, `{"id":3}`}, asked, "each once, with its new data")
	require.Equal(t, map[int64]monitor.Data{1: `{"id":1,"paid":true}`}, result.Outcome.Update.Changed)
	require.Equal(t, "3", result.Outcome.Search.Found[0].ModelID)
}

func TestRun_R10_UpdateIsCalledOnlyIfThereIsAnIssue(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{
		search:   returning(),
		update:   func(context.Context, script.Host, []monitor.Data) (monitor.Returned, error) { return entries(), nil },
		isSolved: notSolved,
	}
	runBoth(t, program, snapshot())
	require.Equal(t, []string{"search"}, program.calls)
}

func TestRun_OnlyWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	for tasks, want := range map[monitor.Tasks]string{monitor.TaskSearch: "search", monitor.TaskUpdate: "update"} {
		program := &fakeProgram{
			search: returning(),
			update: func(context.Context, script.Host, []monitor.Data) (monitor.Returned, error) { return entries(), nil },
		}
		_, err := newRunner(t, run.Config{}).Run(t.Context(), program, snapshot(`{"id":1}`), tasks, now, 1)
		require.NoError(t, err)
		require.Equal(t, []string{want}, program.calls)
	}
}

func TestRun_R14_SearchServesAsUpdateAndIsCalledOnce(t *testing.T) {
	t.Parallel()
	options := monitor.Options{Solvable: true, Missing: monitor.MissingSolve}
	tests := map[string]struct {
		tasks monitor.Tasks
		found int
	}{
		"both tasks":  {both, 1},
		"only update": {monitor.TaskUpdate, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := &fakeProgram{options: options, search: returning(`{"id":2}`, `{"id":9}`)}
			result, err := newRunner(t, run.Config{}).Run(t.Context(), program, snapshot(`{"id":1}`, `{"id":2}`), test.tasks, now, 1)
			require.NoError(t, err)

			require.Equal(t, []string{"search"}, program.calls)
			require.Equal(t, map[int64]bool{2: true}, result.Outcome.Update.Returned)
			require.True(t, result.Outcome.Update.Whole)
			if test.found == 0 {
				require.Nil(t, result.Outcome.Search)
			} else {
				require.Len(t, result.Outcome.Search.Found, test.found)
			}
			require.Empty(t, result.Outcome.Report.Log)
		})
	}
}

func TestRun_R06_AFailureDoesNotPreventTheOtherRoutines(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{
		options: monitor.Options{Solvable: true},
		search:  returning(`{"id":3}`),
		update: func(context.Context, script.Host, []monitor.Data) (monitor.Returned, error) {
			return monitor.Returned{}, &monitor.Failure{Kind: monitor.FailureFail, Message: "no luck", Traceback: "..."}
		},
		isSolved: notSolved,
	}
	result := runBoth(t, program, snapshot(`{"id":1}`))

	require.Equal(t, []string{"update", "search", "is_solved"}, program.calls)
	require.Equal(t, &monitor.Failure{Kind: monitor.FailureFail, Message: "no luck", Traceback: "..."}, routine(t, result, "update").Error)
	require.Nil(t, result.Outcome.Update)
	require.NotNil(t, result.Outcome.Search)
	require.Nil(t, routine(t, result, "search").Error)
}

func TestRun_R06_EachRoutineHasItsOwnTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		slow := func(ctx context.Context, _ script.Host) (monitor.Returned, error) {
			return monitor.Returned{}, waiting(ctx)
		}
		program := &fakeProgram{
			options: monitor.Options{Solvable: true, ExecutionTimeout: 2 * time.Second},
			search:  slow,
			update: func(ctx context.Context, host script.Host, _ []monitor.Data) (monitor.Returned, error) {
				return slow(ctx, host)
			},
			isSolved: notSolved,
		}
		start := time.Now()
		result := runBoth(t, program, snapshot(`{"id":1}`))
		require.Equal(t, 4*time.Second, time.Since(start))
		require.Equal(t, &monitor.Failure{
			Kind: monitor.FailureLimit, Message: "took longer than its execution_timeout of 2s", Position: "monitor.star:14:12",
		}, routine(t, result, "search").Error)
		require.InDelta(t, 2, routine(t, result, "update").Seconds, 0)
		require.Nil(t, routine(t, result, "is_solved").Error)
	})
}

func TestRun_R06_TheConfiguredLimitIsNamed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		program := &fakeProgram{search: func(ctx context.Context, _ script.Host) (monitor.Returned, error) {
			<-ctx.Done()
			// As if a single step of the code had outlasted its time.
			return entries(`{"id":1}`), nil
		}}
		runner := newRunner(t, run.Config{RoutineTimeout: time.Second})
		result, err := runner.Run(t.Context(), program, snapshot(), monitor.TaskSearch, now, 1)
		require.NoError(t, err)
		require.Equal(t, "took longer than its monitor_timeout of 1s", routine(t, result, "search").Error.Message)
		require.Nil(t, result.Outcome.Search)
	})
}

func TestRun_R04_ARunThatWasCancelledSaysWhy(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	lost := errors.New("the lease was lost")
	program := &fakeProgram{
		search: returning(),
		update: func(ctx context.Context, _ script.Host, _ []monitor.Data) (monitor.Returned, error) {
			cancel(lost)
			return monitor.Returned{}, waiting(ctx)
		},
	}
	_, err := newRunner(t, run.Config{}).Run(ctx, program, snapshot(`{"id":1}`), both, now, 1)
	require.ErrorIs(t, err, lost)
	require.Equal(t, []string{"update"}, program.calls)
}

func TestRun_R07_WhatIsNotAnsweredIsNotSolved(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		answers script.Answers
		message string
		solved  map[int64]bool
	}{
		"one raised": {
			script.Answers{Solved: []bool{false, true}, Failed: 1, First: &monitor.Failure{Message: "no key", Traceback: "here"}},
			"no key (1 of 2 entries failed; this is the first, of model id \"1\")",
			map[int64]bool{2: true},
		},
		"time ran out": {
			script.Answers{Solved: []bool{true}, Err: &monitor.Failure{Kind: monitor.FailureLimit, Message: "too many steps"}},
			"too many steps",
			map[int64]bool{1: true},
		},
		"both": {
			script.Answers{Solved: []bool{false}, Failed: 1, First: &monitor.Failure{Message: "no key"}, Err: &monitor.Failure{Message: "too many steps"}},
			"too many steps; until then 1 of 1 entries failed, first: no key",
			map[int64]bool{},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := &fakeProgram{
				options:  monitor.Options{Solvable: true},
				search:   returning(),
				isSolved: func(context.Context, script.Host, []monitor.Data) script.Answers { return test.answers },
			}
			result := runBoth(t, program, snapshot(`{"id":1}`, `{"id":2}`))
			require.Equal(t, test.message, routine(t, result, "is_solved").Error.Message)
			for id := int64(1); id <= 2; id++ {
				require.Equal(t, test.solved[id], result.Outcome.Solved[id], "issue %d", id)
			}
		})
	}
}

func TestPlan_IsThatOfTheRunsOutcome(t *testing.T) {
	t.Parallel()
	program := &fakeProgram{
		options:  monitor.Options{Solvable: true},
		search:   returning(`{"id":1}`, `{"id":2}`),
		isSolved: notSolved,
	}
	runner := newRunner(t, run.Config{})
	result, err := runner.Run(t.Context(), program, snapshot(), both, now, 1)
	require.NoError(t, err)
	require.Equal(t, []string{"1", "2"}, result.ModelIDs())

	plan := runner.Plan(program, &result, *snapshot(), now)
	require.Len(t, plan.Created, 2)
	require.Equal(t, monitor.ExecutionSucceeded, plan.Execution.Status)
}
