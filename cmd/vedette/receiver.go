package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newReceiver(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "receiver",
		Short: "See who can be told of alerts, and try whether they are",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newReceiverList(s), newReceiverTest(s))
	return command
}

func newReceiverList(s *settings) *cobra.Command {
	command := &cobra.Command{Use: "list", Short: "List the receivers that monitors can name"}
	return newList(s, command, cli.Receivers(), func(ctx context.Context, c *client.Client, _ client.Paging) (client.Page[client.Receiver], error) {
		receivers, err := c.Receivers(ctx)
		return client.Page[client.Receiver]{Items: receivers}, err
	})
}

func newReceiverTest(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "test NAME",
		Short: "Send a test message to a receiver, and say what the services answered",
		Args:  cobra.ExactArgs(1),
	}
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		test, err := call.TestReceiver(ctx, args[0])
		if err != nil {
			return err
		}
		if err := call.out.One(test, cli.ReceiverTest(&test)); err != nil {
			return err
		}
		if test.Failed() {
			return errTold
		}
		return nil
	})
}
