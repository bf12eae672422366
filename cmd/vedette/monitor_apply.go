package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/rollout"
)

// applying is what `monitor apply` was asked for.
type applying struct {
	settings *settings
	options  rollout.Options
	dryRun   bool
	yes      bool
}

func newMonitorApply(s *settings) *cobra.Command {
	a := applying{settings: s}
	command := &cobra.Command{
		Use:   "apply DIR...",
		Short: "Store monitors' folders on the server, as far as they differ",
		Long: `Store monitors' folders on the server, as far as they differ from what it has.
Each DIR is a monitor, or holds some. All of them are validated first: if one has
a mistake, nothing is changed.

What somebody changed on the server by other means than apply stays as it is: it
is shown as a conflict, and --force replaces it. The exit status is 1 if anything
is not as its folder wants it. With --prune, monitors that came from folders
before and have none any more are deleted, unless something else went wrong.`,
		Args: cobra.MinimumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	flags := command.Flags()
	flags.BoolVar(&a.dryRun, "dry-run", false, "only say what would be done")
	flags.BoolVar(&a.options.Force, "force", false, "replace what somebody else changed, too")
	addMessage(command, &a.options.Message, "what changed, and why; kept with the versions")
	flags.BoolVar(&a.options.DropIssues, "drop-issues", false, "drop the active issues of monitors whose model_id_key changes")
	flags.BoolVar(&a.options.Prune, "prune", false, "delete monitors that came from folders and have none among those given")
	flags.StringToStringVar(&a.options.PruneLabels, "prune-label", nil, "prune only those with this label, as name=value; may be given several times")
	flags.BoolVarP(&a.yes, "yes", "y", false, "delete without asking, on a terminal too")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		return a.do(ctx, command, call, args)
	})
}

func (a *applying) do(ctx context.Context, command *cobra.Command, call *session, dirs []string) error {
	if len(a.options.PruneLabels) > 0 && !a.options.Prune {
		return usageError{errors.New("--prune-label: it narrows --prune, which was not given")}
	}
	found, author, err := monitorFolders(a.settings, call, dirs)
	if err != nil {
		return err
	}
	progress := cli.NewProgress(call.messages.Screen)
	r := rollout.New(call.Client, author, a.options, showing(progress))
	plan, err := r.Plan(ctx, found)
	progress.Clear()
	if err != nil {
		return showBroken(call, err, "nothing was changed")
	}
	tellOfPlan(call.messages.Screen, plan)
	items := planned(plan)
	if !a.dryRun {
		if err := a.confirm(ctx, command, plan); err != nil {
			return err
		}
		items = r.Apply(ctx, plan)
	}
	return a.show(call, progress, items)
}

// show shows what became of the monitors, or would; it fails if one of them is not
// as its folder wants it.
func (a *applying) show(call *session, progress *cli.Progress, items iter.Seq2[rollout.Item, error]) error {
	counts := map[rollout.Outcome]int{}
	var wrong []rollout.Item
	err := cli.List(call.out, noting(items, func(item rollout.Item) {
		counts[item.Outcome]++
		if !item.Outcome.OK() {
			wrong = append(wrong, item)
		}
	}, progress.Clear), rolloutTable())
	for i := range wrong {
		call.messages.Screen.Linef("%s: %s: %s", wrong[i].Monitor, wrong[i].Outcome, wrong[i].Error)
		for _, d := range wrong[i].Diagnostics {
			call.messages.Screen.Linef("%s", cli.Diagnostic(d))
		}
	}
	if err != nil {
		return err
	}
	if call.out.Format == cli.FormatTable {
		call.out.Screen.Linef("%s", summary(counts, a.dryRun))
	}
	if len(wrong) > 0 {
		return errTold
	}
	return errors.Join(call.out.Screen.Err(), call.messages.Screen.Err())
}

// noting tells of each item that passes, and when they end.
func noting[T any](items iter.Seq2[T, error], each func(T), end func()) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		defer end()
		for item, err := range items {
			if err == nil {
				each(item)
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

func planned(plan *rollout.Plan) iter.Seq2[rollout.Item, error] {
	return func(yield func(rollout.Item, error) bool) {
		for _, item := range plan.Items() {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func rolloutTable() cli.Table[rollout.Item] {
	return cli.Table[rollout.Item]{
		cli.Text("MONITOR", func(i *rollout.Item) string { return i.Monitor }),
		cli.Text("OUTCOME", func(i *rollout.Item) string { return string(i.Outcome) }).
			ByStatus(func(i *rollout.Item) string { return string(i.Outcome) }),
		cli.Text("VERSION", func(i *rollout.Item) string {
			if i.Version == 0 || i.Outcome == rollout.Deleted {
				return "-"
			}
			return strconv.Itoa(i.Version)
		}).Right(),
		cli.Text("DETAILS", rolloutDetails).Flexible(),
	}
}

func rolloutDetails(i *rollout.Item) string {
	switch i.Outcome {
	case rollout.Changed, rollout.Created:
		return strings.Join(i.Files, ", ")
	case rollout.Deleted:
		return lost(i.DroppedIssues, i.SolvedAlerts)
	default:
		return i.Error
	}
}

// lost says what goes with a monitor.
func lost(issues, alerts int) string {
	return fmt.Sprintf("%s dropped, %s solved", counted(issues, "active issue", "active issues"), counted(alerts, "alert", "alerts"))
}

func summary(counts map[rollout.Outcome]int, dryRun bool) string {
	var parts []string
	for _, outcome := range []rollout.Outcome{
		rollout.Created, rollout.Changed, rollout.Unchanged, rollout.Deleted, rollout.Conflict, rollout.Failed, rollout.Skipped,
	} {
		if counts[outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", counts[outcome], outcome))
		}
	}
	text := strings.Join(parts, ", ")
	if dryRun {
		return text + ": that is what would be done, nothing was changed"
	}
	return text
}

// confirm asks before monitors are deleted, where there is somebody to ask: a
// script has said what it wants by --prune.
func (a *applying) confirm(ctx context.Context, command *cobra.Command, plan *rollout.Plan) error {
	n := plan.Deletions()
	if n == 0 || asker(ctx, command) == nil {
		return nil
	}
	var names []string
	issues, alerts := 0, 0
	for _, item := range plan.Items() {
		if item.Outcome == rollout.Deleted {
			names = append(names, item.Monitor)
			issues, alerts = issues+item.DroppedIssues, alerts+item.SolvedAlerts
		}
	}
	question := fmt.Sprintf("Delete %s without a folder (%s)? %s.", counted(n, "monitor", "monitors"), strings.Join(names, ", "), lost(issues, alerts))
	return confirm(ctx, command, a.yes, question)
}

// tellOfPlan says what is good to know besides.
func tellOfPlan(screen *cli.Screen, plan *rollout.Plan) {
	for _, d := range plan.Warnings {
		screen.Linef("%s", d)
	}
	for _, shared := range plan.Shared {
		screen.Linef("%s differs: it touches %s", strings.TrimPrefix(shared.File, "//"), strings.Join(shared.Monitors, ", "))
		if len(shared.Others) > 0 {
			screen.Linef("  it is loaded by %s too, not given here: what they have stored stays as it is", strings.Join(shared.Others, ", "))
		}
	}
	if len(plan.ByHand) > 0 {
		screen.Linef("not pruned, as apply did not make them: %s", strings.Join(plan.ByHand, ", "))
	}
}
