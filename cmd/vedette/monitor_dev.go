package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/authoring"
	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newMonitorDev(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "dev DIR",
		Short: "Validate, test and try a monitor at each save, and show how the plan changes",
		Long: `Validates, tests and tries the monitor in DIR, now and after each save in its
folder or in shared/ beside it. At first the whole plan is shown, then how it
differs from the one before. It is tried on the server if one answers, else in
this process, as by monitor try. Nothing is written. Ctrl-C ends it.`,
		Args: cobra.ExactArgs(1),
	}
	t := newTrying(s, command)
	command.RunE = func(cmd *cobra.Command, args []string) error {
		if err := t.begin(); err != nil {
			return err
		}
		defer t.end()
		d := &developing{
			dir: args[0], screen: cli.NewScreen(cmd.OutOrStdout(), os.LookupEnv),
			tool: t.author, trier: t, options: t.options,
		}
		if err := authoring.Watch(cmd.Context(), d.dir, d.round); err != nil {
			return err
		}
		return d.screen.Err()
	}
	return command
}

// developing is a folder that is being worked on.
type developing struct {
	dir     string
	screen  *cli.Screen
	tool    authoring.Tool
	trier   authoring.Trier
	options app.TryOptions
	// latest is the plan that was shown last; nil before the first.
	latest *client.Preview
}

// round does all there is to do after a save, and shows it. What was overtaken by
// another save is not worth showing.
func (d *developing) round(ctx context.Context) {
	r := authoring.Work(ctx, d.tool, d.trier, d.dir, d.options)
	if ctx.Err() != nil {
		return
	}
	d.screen.Linef("%s", d.screen.Rule(time.Now().Format(time.TimeOnly)+" "+d.dir))
	for _, diagnostic := range r.Diagnostics {
		d.screen.Linef("%s", diagnostic)
	}
	if r.Tests != nil {
		showFailures(d.screen, d.dir, r.Tests)
	}
	if r.Err != nil {
		d.screen.Linef("%s", cli.Indented("not tried: "+r.Err.Error()))
	}
	if r.Preview != nil {
		d.plan(r.Preview, r.Where)
		d.latest = r.Preview
	}
}

// showFailures shows the tests that failed, and how many passed.
func showFailures(screen *cli.Screen, dir string, result *app.TestResult) {
	passed, failed := result.Counts()
	shown := app.TestResult{Diagnostics: result.Diagnostics}
	for _, test := range result.Tests {
		if !test.Passed {
			shown.Tests = append(shown.Tests, test)
		}
	}
	showSuite(screen, dir, &shown)
	screen.Linef("tests: %d passed, %d failed", passed, failed)
}

// plan shows a plan: the first one whole, another by how it differs from the one
// before. How a run failed, and what it logged, is shown each time.
func (d *developing) plan(after *client.Preview, where string) {
	if d.latest == nil {
		d.screen.Linef("plan: tried %s\n", where)
		cli.Preview(after)(d.screen)
		return
	}
	changes := authoring.Changes(d.latest, after)
	verdict := "as before"
	if len(changes) > 0 {
		verdict = "changed"
	}
	d.screen.Linef("plan: %s (tried %s)", verdict, where)
	const most = 30
	if len(changes) > most {
		changes = append(changes[:most:most], "...")
	}
	if len(changes) > 0 {
		d.screen.Linef("%s", cli.Indented(strings.Join(changes, "\n")))
	}
	cli.PreviewTroubles(after)(d.screen)
}
