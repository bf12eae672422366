package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newExecution(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "execution",
		Short: "See monitors' runs, and why they failed",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newExecutionList(s), newGet(s, "execution", (*client.Client).Execution, cli.Execution))
	return command
}

func newExecutionList(s *settings) *cobra.Command {
	var filter client.ExecutionFilter
	status := cli.NewChoice("",
		string(monitor.ExecutionQueued), string(monitor.ExecutionRunning), string(monitor.ExecutionSucceeded),
		string(monitor.ExecutionFailed), string(monitor.ExecutionLost), string(monitor.ExecutionCancelled))
	command := &cobra.Command{Use: "list", Short: "List executions, newest first"}
	addMonitorFilter(s, command, &filter.Monitor)
	addChoice(command, "status", "only those of this status", status)
	return newList(s, command, cli.Executions(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Execution], error) {
		filter.Status = status.String()
		return c.Executions(ctx, filter, p)
	})
}
