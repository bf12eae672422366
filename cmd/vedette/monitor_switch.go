package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newMonitorEnable(s *settings) *cobra.Command {
	return newMonitorSwitch(s, "enable", "Have a monitor scheduled again", "enabled", (*client.Client).Enable)
}

func newMonitorDisable(s *settings) *cobra.Command {
	return newMonitorSwitch(s, "disable", "Have a monitor scheduled no more; a run in progress finishes", "disabled", (*client.Client).Disable)
}

func newMonitorSwitch(
	s *settings, name, short, done string,
	act func(c *client.Client, ctx context.Context, name, comment string) (client.Monitor, error),
) *cobra.Command {
	var comment string
	command := &cobra.Command{
		Use:               name + " NAME",
		Short:             short,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	addComment(command, &comment)
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		m, err := act(call.Client, ctx, args[0], comment)
		if err != nil {
			return err
		}
		return call.out.One(m, func(screen *cli.Screen) { screen.Linef("%s: %s", m.Name, done) })
	})
}
