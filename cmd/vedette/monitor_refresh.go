package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/monitor"
)

// refresh is what `monitor refresh` was asked for.
type refresh struct {
	tasks   []string
	wait    bool
	timeout time.Duration
}

func newMonitorRefresh(s *settings) *cobra.Command {
	var r refresh
	command := &cobra.Command{
		Use:   "refresh NAME",
		Short: "Make a monitor's tasks due now",
		Long: `Make a monitor's tasks due now, instead of at their next time. With --wait, wait
until they were done, and show how that went: the exit status is 1 if it failed.`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	command.Flags().StringSliceVar(&r.tasks, "tasks", nil, "search, update or both (default: all that the monitor has)")
	command.Flags().BoolVar(&r.wait, "wait", false, "wait for the run, and fail if it fails")
	command.Flags().DurationVar(&r.timeout, "timeout", 10*time.Minute, "longest wait")
	complete(command, "tasks", []string{"search", "update"})
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		if _, err := monitor.ParseTasks(r.tasks); err != nil {
			return usageError{fmt.Errorf("--tasks: %w", err)}
		}
		return r.do(ctx, call, args[0])
	})
}

func (r *refresh) do(ctx context.Context, call *session, name string) error {
	// What ran before is not what is waited for.
	before, err := call.Monitor(ctx, name)
	if err != nil {
		return err
	}
	m, err := call.Refresh(ctx, name, r.tasks...)
	if err != nil {
		return err
	}
	if !r.wait {
		return call.out.One(m, func(screen *cli.Screen) { screen.Linef("%s: due now", m.Name) })
	}
	var last int64
	if before.LastExecution != nil {
		last = before.LastExecution.ID
	}
	limited, cancel := context.WithTimeoutCause(ctx, r.timeout, fmt.Errorf("wait for %s: it has not ended within %s", name, r.timeout))
	defer cancel()
	execution, err := cli.Await(limited, call.Client, name, last, cli.NewProgress(call.messages.Screen))
	if err != nil {
		return err
	}
	if err := call.out.One(execution, cli.Execution(&execution)); err != nil {
		return err
	}
	if execution.Status != string(monitor.ExecutionSucceeded) {
		return errTold
	}
	return nil
}
