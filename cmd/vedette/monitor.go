package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/rollout"
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
		Long: `Finds all mistakes in monitors' code, with file, line and column. Each DIR is a
monitor, or holds some. The exit status is 1 if there is a mistake.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dirs, strays, err := rollout.Find(args)
			if err != nil {
				return err
			}
			author, err := s.author()
			if err != nil {
				return err
			}
			for _, stray := range strays {
				cmd.PrintErrf("%s: no monitor: it has no %s\n", stray, monitor.CodeFile)
			}
			return validateFolders(cmd.OutOrStdout(), author, dirs)
		},
	}
}

// validateFolders prints what is wrong with each monitor, or that nothing is.
func validateFolders(out io.Writer, author *app.Author, dirs []string) error {
	broken := false
	for _, dir := range dirs {
		diagnostics := author.Validate(dir)
		for _, d := range diagnostics {
			if _, err := fmt.Fprintln(out, d); err != nil {
				return err
			}
		}
		if diagnostics.HasErrors() {
			broken = true
		} else if _, err := fmt.Fprintf(out, "%s: ok\n", dir); err != nil {
			return err
		}
	}
	if broken {
		return errTold
	}
	return nil
}
