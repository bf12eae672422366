package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newEvent(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "event",
		Short: "See what happened",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newEventList(s))
	return command
}

func newEventList(s *settings) *cobra.Command {
	var filter client.EventFilter
	var names []string
	for _, name := range monitor.EventNames {
		names = append(names, string(name))
	}
	source := cli.NewChoice("",
		string(monitor.SourceAlert), string(monitor.SourceIssue), string(monitor.SourceMonitor), string(monitor.SourceNotification))
	command := &cobra.Command{Use: "list", Short: "List the events that are kept, newest first"}
	addMonitorFilter(s, command, &filter.Monitor)
	command.Flags().StringVar(&filter.Name, "name", "", "only those of this name, such as issue_created")
	complete(command, "name", names)
	addChoice(command, "source", "only those about this kind of thing", source)
	command.Flags().Int64Var(&filter.SourceID, "source-id", 0, "only those about the thing with this id")
	return newList(s, command, cli.Events(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Event], error) {
		filter.Source = source.String()
		return c.Events(ctx, filter, p)
	})
}
