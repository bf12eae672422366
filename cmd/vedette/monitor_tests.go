package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
)

func newMonitorTest(s *settings) *cobra.Command {
	var filter, junit string
	format := cli.NewChoice(cli.FormatTable, cli.Formats()...)
	command := &cobra.Command{
		Use:   "test DIR...",
		Short: "Run monitors' tests (monitor_test.star): they need no server and no database",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			author, err := s.author()
			if err != nil {
				return err
			}
			suites := make([]authoring.Suite, len(args))
			for i, dir := range args {
				suites[i].Dir = dir
				if suites[i].Result, err = author.Test(cmd.Context(), dir, filter); err != nil {
					return err
				}
			}
			if err := writeJUnit(junit, suites); err != nil {
				return err
			}
			return showTests(cmd.OutOrStdout(), format.String(), suites)
		},
	}
	command.Flags().StringVar(&filter, "run", "", "run only tests whose names match this regular expression")
	command.Flags().StringVar(&junit, "junit", "", "also write a report in JUnit's XML to this file")
	addOutput(command, format)
	return command
}

// showTests shows what became of tests; it fails if any of them did.
func showTests(w io.Writer, format string, suites []authoring.Suite) error {
	reports := make([]authoring.Report, len(suites))
	ok := true
	for i := range suites {
		reports[i] = suites[i].Report()
		ok = ok && reports[i].Passed
	}
	err := cli.NewOutput(w, format, os.LookupEnv).One(reports, func(screen *cli.Screen) {
		passed, failed := 0, 0
		for i := range suites {
			showSuite(screen, suites[i].Dir, &suites[i].Result)
			p, f := suites[i].Result.Counts()
			passed, failed = passed+p, failed+f
		}
		screen.Linef("%d passed, %d failed", passed, failed)
	})
	if err == nil && !ok {
		return errTold
	}
	return err
}

// writeJUnit writes the report that a pipeline asked for, if it did.
func writeJUnit(path string, suites []authoring.Suite) error {
	if path == "" {
		return nil
	}
	var report bytes.Buffer
	if err := authoring.WriteJUnit(&report, suites); err != nil {
		return err
	}
	if err := os.WriteFile(path, report.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// showSuite tells of each test that failed what was wrong, and of the others that
// they passed.
func showSuite(screen *cli.Screen, dir string, result *app.TestResult) {
	for _, d := range result.Diagnostics {
		screen.Linef("%s", d)
	}
	for _, test := range result.Tests {
		took := test.Duration.Round(time.Millisecond)
		if test.Passed {
			screen.Linef("%s    %s %s (%s)", screen.Mark(true, "ok"), dir, test.Name, took)
			continue
		}
		screen.Linef("%s  %s %s (%s)", screen.Mark(false, "FAIL"), dir, test.Name, took)
		screen.Linef("%s", cli.Indented(test.Failure.Error()))
		if test.Failure.Traceback != "" {
			screen.Linef("%s", cli.Indented(test.Failure.Traceback))
		}
		for _, entry := range test.Log {
			screen.Linef("%s", cli.Indented(fmt.Sprintf("log %s: %s %s", entry.Level, entry.Message, entry.Fields)))
		}
	}
}
