package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
)

func newStatus(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "status",
		Short: "Show what the platform as a whole is doing",
		Args:  cobra.NoArgs,
	}
	return newRemote(s, command, func(ctx context.Context, call *session, _ []string) error {
		status, err := call.Status(ctx)
		if err != nil {
			return err
		}
		return call.out.One(status, cli.Status(&status))
	})
}
