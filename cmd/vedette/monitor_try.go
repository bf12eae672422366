package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newMonitorTry(s *settings) *cobra.Command {
	format := cli.NewChoice(cli.FormatTable, cli.Formats()...)
	command := &cobra.Command{
		Use:   "try DIR|NAME",
		Short: "Run a monitor against the real databases and print what would happen, writing nothing",
		Long: `Runs search, update and is_solved of the monitor in DIR for real, and prints the
plan: which issues would be created, updated and solved, what would become of
alerts, and who would be told. Nothing is written.

If a server answers, it runs there: on the server's databases, and from the
issues, alerts and variables that are stored of the monitor of that name. NAME
without a folder of that name is the monitor that is stored. Otherwise, or with
--local, it runs in this process, on the databases configured here, and starts
from no issues unless a file of them is given. Which of the two it was is said on
standard error. The exit status is 1 if the run failed.`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: foldersAndMonitors(s),
	}
	t := newTrying(s, command)
	addOutput(command, format)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if err := t.begin(); err != nil {
			return err
		}
		defer t.end()
		messages := cli.NewScreen(cmd.ErrOrStderr(), os.LookupEnv)
		progress := cli.NewProgress(messages)
		progress.Show(args[0] + ": trying")
		tried, err := t.Try(cmd.Context(), args[0], t.options)
		progress.Clear()
		for _, d := range tried.Diagnostics {
			messages.Linef("%s", d)
		}
		if err != nil {
			return err
		}
		if tried.Diagnostics.HasErrors() {
			return errTold
		}
		messages.Linef("tried %s", tried.Where)
		if err := messages.Err(); err != nil {
			return fmt.Errorf("write messages: %w", err)
		}
		out := cli.NewOutput(cmd.OutOrStdout(), format.String(), os.LookupEnv)
		if err := out.One(tried.Preview, cli.Preview(&tried.Preview)); err != nil {
			return err
		}
		if tried.Preview.Status != string(monitor.ExecutionSucceeded) {
			return errTold
		}
		return nil
	}
	return command
}

// foldersAndMonitors offers folders, and the server's monitors.
func foldersAndMonitors(s *settings) cobra.CompletionFunc {
	names := monitorNames(s)
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		offered, _ := names(cmd, args, typed)
		if len(offered) == 0 {
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
		return offered, cobra.ShellCompDirectiveDefault
	}
}
