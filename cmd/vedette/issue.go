package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newIssue(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "issue",
		Short: "See issues, and drop those that are none",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	drop := &cobra.Command{Use: "drop ID", Short: "End an issue that is none"}
	dropped := func(i *client.Issue) func(*cli.Screen) { return cli.IssueDone(i, "dropped") }
	command.AddCommand(
		newIssueList(s),
		newGet(s, "issue", (*client.Client).Issue, cli.Issue),
		newAct(s, "issue", drop, (*client.Client).DropIssue, dropped),
	)
	return command
}

func newIssueList(s *settings) *cobra.Command {
	var filter client.IssueFilter
	status := cli.NewChoice("", string(monitor.IssueActive), string(monitor.IssueSolved), string(monitor.IssueDropped))
	command := &cobra.Command{Use: "list", Short: "List issues, newest first"}
	addMonitorFilter(s, command, &filter.Monitor)
	addChoice(command, "status", "only those of this status", status)
	command.Flags().Int64Var(&filter.AlertID, "alert", 0, "only those of the alert with this id")
	command.Flags().StringVar(&filter.ModelID, "model-id", "", "only those with this model id")
	return newList(s, command, cli.Issues(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Issue], error) {
		filter.Status = status.String()
		return c.Issues(ctx, filter, p)
	})
}
