package main

import (
	"github.com/spf13/cobra"
)

func newEvent(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "event",
		Short: "See what happened, and have what was not told be told again",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newEventList(s), newEventRedeliver(s))
	return command
}
