package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newMonitorTry(s *settings) *cobra.Command {
	var (
		tasks  []string
		issues string
		local  bool
	)
	format := cli.NewChoice(cli.FormatTable, cli.Formats()...)
	command := &cobra.Command{
		Use:   "try DIR",
		Short: "Run a monitor against the real databases and print what would happen, writing nothing",
		Long: `Runs search, update and is_solved of the monitor in DIR for real, and prints the
plan: which issues would be created, updated and solved, and what would become
of alerts. Nothing is written.

It runs in this process, on the databases configured here, and starts from no
issues unless a file of them is given.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			asked, err := monitor.ParseTasks(tasks)
			if err != nil {
				return usageError{fmt.Errorf("--tasks: %w", err)}
			}
			known, err := readIssues(issues)
			if err != nil {
				return err
			}
			author, err := s.author()
			if err != nil {
				return err
			}
			preview, diagnostics, err := author.Try(cmd.Context(), args[0], app.TryOptions{Tasks: asked, Issues: known})
			for _, d := range diagnostics {
				if _, err := fmt.Fprintln(cmd.ErrOrStderr(), d); err != nil {
					return err
				}
			}
			if err != nil {
				return err
			}
			if diagnostics.HasErrors() {
				return errTold
			}
			if err := showPreview(cmd.OutOrStdout(), format.String(), preview); err != nil {
				return err
			}
			if preview.Status == string(monitor.ExecutionFailed) {
				return errTold
			}
			return nil
		},
	}
	command.Flags().StringSliceVar(&tasks, "tasks", []string{"search", "update"}, "what to run")
	command.Flags().StringVar(&issues, "issues", "", "file with a JSON list of issue data that count as active")
	addOutput(command, format)
	command.Flags().BoolVar(&local, "local", true, "run in this process: the only way there is in this version")
	return command
}

// readIssues reads a list of issue data.
func readIssues(path string) ([]monitor.Data, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read issues: %w", err)
	}
	var issues []monitor.Data
	if err := json.Unmarshal(text, &issues); err != nil {
		return nil, fmt.Errorf("read issues from %s: it has to be a JSON list of objects: %w", path, err)
	}
	return issues, nil
}
