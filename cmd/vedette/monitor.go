package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
)

func newMonitor(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "monitor",
		Short: "Write monitors: each is a folder",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newMonitorNew(), newMonitorValidate(s), newMonitorTest(s), newMonitorTry(s))
	command.AddCommand(newMonitorList(s), newMonitorGet(s), newMonitorEnable(s), newMonitorDisable(s), newMonitorRefresh(s), newMonitorDev(s))
	command.AddCommand(newMonitorApply(s), newMonitorDiff(s), newMonitorEdit(s), newMonitorCreate(s))
	command.AddCommand(newMonitorVersions(s), newMonitorRestore(s), newMonitorDelete(s))
	return command
}

// author gives what works on monitors' folders, as configured.
func (s *settings) author() (*app.Author, error) {
	c, err := s.load()
	if err != nil {
		return nil, err
	}
	return app.NewAuthor(c, compiledIn(), logger(c)), nil
}

func newMonitorNew() *cobra.Command {
	return &cobra.Command{
		Use:   "new DIR",
		Short: "Make a folder with a monitor to start from; its name is the monitor's",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			written, err := app.NewMonitor(args[0])
			if err != nil {
				return err
			}
			for _, path := range written {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), "wrote", path); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func newMonitorValidate(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "validate DIR...",
		Short: "Find all mistakes in monitors' code, with file, line and column",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			author, err := s.author()
			if err != nil {
				return err
			}
			broken := false
			for _, dir := range args {
				diagnostics := author.Validate(dir)
				for _, d := range diagnostics {
					if _, err := fmt.Fprintln(cmd.OutOrStdout(), d); err != nil {
						return err
					}
				}
				broken = broken || diagnostics.HasErrors()
				if !diagnostics.HasErrors() {
					if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: ok\n", dir); err != nil {
						return err
					}
				}
			}
			if broken {
				return errTold
			}
			return nil
		},
	}
}
