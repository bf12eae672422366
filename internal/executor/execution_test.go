package executor_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestExecute_CommitsWhatTheCodeFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 1)
		_, stop := f.start(t, executor.Config{})
		stop()
		f.store.with(func() {
			plan := f.store.executions[1].plan
			require.Len(t, plan.Created, 1)
			require.Equal(t, "1", plan.Created[0].ModelID)
		})
		require.Contains(t, f.log.String(), `msg=issue_created monitor=monitor_1 issue_id=0 model_id=1`)
	})
}

func TestExecute_LogsManyEventsAsOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, strings.Replace(quick, `query("db", "quick")`, `[{"id": i, "done": False} for i in range(6)]`, 1), 1)
		_, stop := f.start(t, executor.Config{})
		stop()
		require.Contains(t, f.log.String(), `msg=issue_created monitor=monitor_1 count=6`)
		require.Equal(t, 1, strings.Count(f.log.String(), "msg=issue_created"))
	})
}

func TestExecute_R06_AVersionThatDoesNotCompileFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.store.queue(1)
		f.catalog.errs[1] = monitor.Errorf(monitor.CodeInvalid, "monitor.star:3:1: undefined: foo")
		_, stop := f.start(t, executor.Config{})
		stop()
		require.Equal(t, monitor.ExecutionFailed, f.store.status(1))
		require.Equal(t, "monitor.star:3:1: undefined: foo", f.store.report(1).Error)
	})
}

func TestExecute_APanicFailsThatRunOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 2)
		f.store.queue(1) // has no program
		_, stop := f.start(t, executor.Config{})
		stop()
		require.Equal(t, monitor.ExecutionFailed, f.store.status(1))
		require.Contains(t, f.store.report(1).Error, "panic")
		require.Contains(t, f.log.String(), "runner.go", "the log has the stack")
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(2))
	})
}

func TestExecute_WaitsForAStoreThatIsAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 1)
		f.store.fail = func(call string) error {
			if call == "load" && f.store.calls["load"] < 5 {
				return errAway
			}
			return nil
		}
		_, stop := f.start(t, executor.Config{})
		after(5 * time.Second)
		require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
		stop()
	})
}

func TestCommit_R04_ACommitWhoseConnectionBroke(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"before it took place": "commit",
		"after it took place":  "committed",
	}
	for name, broken := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := newFixture(t)
				f.add(t, quick, 1)
				failed := false
				f.store.fail = func(call string) error {
					if call == broken && !failed {
						failed = true
						return errAway
					}
					return nil
				}
				_, stop := f.start(t, executor.Config{})
				after(5 * time.Second)
				require.Equal(t, monitor.ExecutionSucceeded, f.store.status(1))
				f.store.with(func() {
					require.Equal(t, 1, f.store.executions[1].commits)
					require.Positive(t, f.store.calls["ended"])
				})
				require.Contains(t, f.log.String(), "msg=issue_created")
				stop()
			})
		})
	}
}

func TestCommit_R04_AnyOtherRefusalFailsTheExecution(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, quick, 1)
		f.store.fail = func(call string) error {
			if call == "commit" {
				return errors.New("a second active issue")
			}
			return nil
		}
		_, stop := f.start(t, executor.Config{})
		stop()
		require.Equal(t, monitor.ExecutionFailed, f.store.status(1))
		report := f.store.report(1)
		require.Contains(t, report.Error, "a second active issue")
		require.NotEmpty(t, report.Routines, "what was learned on the way is kept")
	})
}

func TestCommit_R04_AFencedOneChangesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.add(t, blocking, 1)
		_, stop := f.start(t, executor.Config{})
		f.store.with(func() { f.store.executions[1].status = monitor.ExecutionLost })
		close(f.databases.release)
		stop()
		require.Equal(t, monitor.ExecutionLost, f.store.status(1))
		require.Zero(t, f.store.count("fail"))
	})
}
