package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/rollout"
)

func newMonitorTest(s *settings) *cobra.Command {
	var t testRun
	format := cli.NewChoice(cli.FormatTable, cli.Formats()...)
	command := &cobra.Command{
		Use:   "test DIR...",
		Short: "Run monitors' tests (monitor_test.star): they need no server and no database",
		Long: `Runs the tests of monitors: the functions test_... in monitor_test.star. They need
no server and no database. DIR is a monitor's folder, or one that holds such
folders: then all of them are tested. The exit status is 1 if a test failed, or
could not run.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			author, err := s.author()
			if err != nil {
				return err
			}
			out := cli.NewOutput(cmd.OutOrStdout(), format.String(), os.LookupEnv)
			messages := cli.NewScreen(cmd.ErrOrStderr(), os.LookupEnv)
			return t.run(cmd.Context(), author, args, out, messages)
		},
	}
	command.Flags().StringVar(&t.filter, "run", "", "run only tests whose names match this regular expression")
	command.Flags().StringVar(&t.junit, "junit", "", "also write a report in JUnit's XML to this file")
	addOutput(command, format)
	return command
}

// testRun is what `monitor test` was asked for.
type testRun struct {
	filter string
	junit  string
}

func (t *testRun) run(ctx context.Context, author *app.Author, args []string, out *cli.Output, messages *cli.Screen) error {
	if _, err := regexp.Compile(t.filter); err != nil {
		return usageError{fmt.Errorf("--run: %w", err)}
	}
	dirs, strays, err := rollout.Find(args)
	if err != nil {
		return err
	}
	for _, stray := range strays {
		messages.Linef("%s: no monitor: it has no %s", stray, monitor.CodeFile)
	}
	var suites []authoring.Suite
	for suite, err := range authoring.TestAll(ctx, author, dirs, t.filter) {
		if err != nil {
			return err
		}
		if !slices.Contains(args, suite.Dir) {
			suite.AllowUntested()
		}
		suites = append(suites, suite)
		if out.Format == cli.FormatTable {
			showSuite(out.Screen, suite.Dir, &suite.Result)
		}
	}
	if err := writeJUnit(t.junit, suites); err != nil {
		return err
	}
	return t.conclude(out, suites)
}

// conclude shows what became of all; it fails if any test did.
func (t *testRun) conclude(out *cli.Output, suites []authoring.Suite) error {
	reports := make([]authoring.Report, len(suites))
	ok, passed, failed := true, 0, 0
	for i := range suites {
		reports[i] = suites[i].Report()
		ok = ok && reports[i].Passed
		p, f := suites[i].Result.Counts()
		passed, failed = passed+p, failed+f
	}
	err := out.One(reports, func(screen *cli.Screen) { screen.Linef("%d passed, %d failed", passed, failed) })
	switch {
	case err != nil:
		return err
	case ok && t.filter != "" && passed == 0:
		return fmt.Errorf("--run %s: no test has a name that matches", t.filter)
	case !ok:
		return errTold
	}
	return nil
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
			screen.Linef("%s", cli.Indented(strings.TrimSpace(fmt.Sprintf("log %s: %s %s", entry.Level, entry.Message, entry.Fields))))
		}
	}
}
