package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
)

func newMonitorTest(s *settings) *cobra.Command {
	var filter string
	command := &cobra.Command{
		Use:   "test DIR...",
		Short: "Run monitors' tests (monitor_test.star): they need no server and no database",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			author, err := s.author()
			if err != nil {
				return err
			}
			out := &printer{w: cmd.OutOrStdout()}
			passed, failed, ok := 0, 0, true
			for _, dir := range args {
				result, err := author.Test(cmd.Context(), dir, filter)
				if err != nil {
					return err
				}
				out.tests(dir, &result)
				p, f := result.Counts()
				passed, failed, ok = passed+p, failed+f, ok && result.Passed()
			}
			out.linef("%d passed, %d failed", passed, failed)
			if out.err == nil && !ok {
				return errTold
			}
			return out.err
		},
	}
	command.Flags().StringVar(&filter, "run", "", "run only tests whose names match this regular expression")
	return command
}

// tests tells of each test that failed what was wrong, and of the others that
// they passed.
func (p *printer) tests(dir string, result *app.TestResult) {
	for _, d := range result.Diagnostics {
		p.linef("%s", d)
	}
	for _, test := range result.Tests {
		took := test.Duration.Round(time.Millisecond)
		if test.Passed {
			p.linef("ok    %s %s (%s)", dir, test.Name, took)
			continue
		}
		p.linef("FAIL  %s %s (%s)", dir, test.Name, took)
		p.linef("%s", indent(test.Failure.Error()))
		if test.Failure.Traceback != "" {
			p.linef("%s", indent(test.Failure.Traceback))
		}
		for _, entry := range test.Log {
			p.linef("    log %s: %s %s", entry.Level, entry.Message, entry.Fields)
		}
	}
}
