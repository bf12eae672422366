package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
)

func newMonitorDelete(s *settings) *cobra.Command {
	var (
		comment string
		yes     bool
	)
	command := &cobra.Command{
		Use:   "delete NAME",
		Short: "Delete a monitor: its issues are dropped, its history stays readable",
		Long: `Delete a monitor. Its active issues are dropped and its alerts solved; what happened
stays readable. The name is free again. Asks first; --yes does not.`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	command.Flags().StringVarP(&comment, "comment", "m", "", "why; kept with the events")
	command.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		m, err := call.Monitor(ctx, args[0])
		if err != nil {
			return err
		}
		if err := confirm(ctx, command, yes, fmt.Sprintf("Delete %s? %s.", m.Name, lost(m.ActiveIssues, m.ActiveAlerts))); err != nil {
			return err
		}
		// What was asked about is what is deleted: no other content.
		deleted, err := call.DeleteMonitor(ctx, args[0], comment, m.ETag)
		if err != nil {
			return err
		}
		return call.out.One(deleted, func(screen *cli.Screen) {
			screen.Linef("%s: deleted, %s", m.Name, lost(m.ActiveIssues, m.ActiveAlerts))
		})
	})
}
