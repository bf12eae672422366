package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newMonitorDev(s *settings) *cobra.Command {
	var tasks []string
	var issues string
	command := &cobra.Command{
		Use:   "dev DIR",
		Short: "Validate, test and try a monitor at each save, and show how the plan changes",
		Long: `Validates, tests and tries the monitor in DIR, now and after each save in its
folder or in shared/ beside it. At first the whole plan is shown, then how it
differs from the one before. Nothing is written. Ctrl-C ends it.`,
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
			d := &developing{
				dir: args[0], w: cmd.OutOrStdout(), screen: cli.NewScreen(cmd.OutOrStdout(), os.LookupEnv),
				tool: author, options: app.TryOptions{Tasks: asked, Issues: known},
			}
			if err := authoring.Watch(cmd.Context(), d.dir, d.round); err != nil {
				return err
			}
			return d.err
		},
	}
	command.Flags().StringSliceVar(&tasks, "tasks", []string{"search", "update"}, "what to try")
	command.Flags().StringVar(&issues, "issues", "", "file with a JSON list of issue data that count as active")
	return command
}

// developing is a folder that is being worked on.
type developing struct {
	dir     string
	w       io.Writer
	screen  *cli.Screen
	tool    authoring.Tool
	options app.TryOptions
	// latest is the plan that was shown last; nil before the first.
	latest *client.Preview
	err    error
}

// round does all there is to do after a save, and shows it. What was overtaken by
// another save is not worth showing.
func (d *developing) round(ctx context.Context) {
	r := authoring.Work(ctx, d.tool, d.dir, d.options)
	if ctx.Err() != nil {
		return
	}
	out := &printer{w: d.w}
	out.linef("%s", d.screen.Rule(time.Now().Format(time.TimeOnly)+" "+d.dir))
	for _, diagnostic := range r.Diagnostics {
		out.linef("%s", diagnostic)
	}
	if r.Tests != nil {
		out.failures(d.dir, r.Tests)
	}
	if r.Err != nil {
		out.linef("%s", r.Err)
	}
	if r.Preview != nil {
		out.plan(d.latest, r.Preview)
		d.latest = r.Preview
	}
	d.err = out.err
}

// failures shows the tests that failed, and how many passed.
func (p *printer) failures(dir string, result *app.TestResult) {
	passed, failed := result.Counts()
	shown := app.TestResult{Diagnostics: result.Diagnostics}
	for _, test := range result.Tests {
		if !test.Passed {
			shown.Tests = append(shown.Tests, test)
		}
	}
	p.tests(dir, &shown)
	p.linef("tests: %d passed, %d failed", passed, failed)
}

// plan shows a plan: the first one whole, another by how it differs from the one
// before, with its routines' errors as they are now.
func (p *printer) plan(before, after *client.Preview) {
	if before == nil {
		if p.err == nil {
			p.err = printPreview(p.w, *after)
		}
		return
	}
	changes := authoring.Changes(before, after, difference)
	if len(changes) == 0 {
		p.linef("plan: as before")
	} else {
		p.linef("plan: changed")
	}
	for i, change := range changes {
		if i == shownIssues {
			p.linef("  ... and %d more", len(changes)-shownIssues)
			break
		}
		p.linef("  %s", change)
	}
	for _, routine := range after.Routines {
		if routine.Error != nil && routine.Error.Traceback != "" {
			p.linef("%s", indent(routine.Error.Traceback))
		}
	}
}
