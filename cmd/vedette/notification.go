package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newNotification(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "notification",
		Short: "See what people are shown of alerts",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newNotificationList(s), newNotificationResend(s))
	return command
}

func newNotificationList(s *settings) *cobra.Command {
	var filter client.NotificationFilter
	command := &cobra.Command{Use: "list", Short: "List what is shown of alerts on which target, newest first"}
	command.Flags().Int64Var(&filter.AlertID, "alert", 0, "only those of this alert")
	command.Flags().BoolVar(&filter.Dead, "dead", false, "only those that are not tried again by themselves")
	return newList(s, command, cli.Notifications(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Notification], error) {
		return c.Notifications(ctx, filter, p)
	})
}

func newNotificationResend(s *settings) *cobra.Command {
	var monitor string
	command := &cobra.Command{
		Use:   "resend",
		Short: "Compare what is shown of active alerts with how they are, and mend it",
		Args:  cobra.NoArgs,
	}
	addMonitorFilter(s, command, &monitor)
	return newRemote(s, command, func(ctx context.Context, call *session, _ []string) error {
		resent, err := call.Resend(ctx, monitor)
		if err != nil {
			return err
		}
		return call.out.One(resent, func(screen *cli.Screen) { screen.Linef("active alerts looked at again: %d", resent.Alerts) })
	})
}
