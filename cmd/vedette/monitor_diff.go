package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/rollout"
)

// comparing is what `monitor diff` was asked for.
type comparing struct {
	settings *settings
	from, to int
}

func newMonitorDiff(s *settings) *cobra.Command {
	c := comparing{settings: s}
	command := &cobra.Command{
		Use:   "diff DIR...|NAME",
		Short: "Show how folders differ from what is stored, or versions from each other",
		Long: `Show how monitors' folders differ from what the server has stored, as a unified
diff: from its version to the folder. Each DIR is a monitor, or holds some.

With the NAME of a monitor, and no folder of that name here, show how one version
differs from another: what the current one changed, or from --version to --to.

The exit status is 0 if there is no difference, 1 if there is one, 2 if that could
not be found out.`,
		Args:              cobra.MinimumNArgs(1),
		ValidArgsFunction: namesOrFolders(s),
	}
	command.Flags().IntVar(&c.from, "version", 0, "compare with this version (default: the current one, or for a NAME the one before it)")
	command.Flags().IntVar(&c.to, "to", 0, "of a NAME: the version to compare it with (default: the current one)")
	completeWith(command, "version", flagVersions(s))
	completeWith(command, "to", flagVersions(s))
	newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		return c.do(ctx, call, args)
	})
	run := command.RunE
	command.RunE = func(cmd *cobra.Command, args []string) error {
		err := run(cmd, args)
		if err == nil || errors.Is(err, errTold) {
			return err
		}
		return usageError{err}
	}
	return command
}

func (c *comparing) do(ctx context.Context, call *session, args []string) error {
	differences, err := c.compare(ctx, call, args)
	if err != nil {
		return showBroken(call, err, "what is in the folder cannot be compared")
	}
	differ := false
	err = call.out.One(differences, func(screen *cli.Screen) {
		for _, d := range differences {
			for _, change := range d.Changes {
				screen.Patch(change.Patch)
			}
		}
	})
	for _, d := range differences {
		differ = differ || len(d.Changes) > 0
	}
	if err == nil && differ {
		return errTold
	}
	return err
}

func (c *comparing) compare(ctx context.Context, call *session, args []string) ([]rollout.Difference, error) {
	if c.from < 0 || c.to < 0 {
		return nil, localError{errors.New("--version and --to: a version is a number from 1")}
	}
	progress := cli.NewProgress(call.messages.Screen)
	defer progress.Clear()
	if isMonitorName(args) {
		d, err := rollout.New(call.Client, nil, rollout.Options{}, nil).DiffVersions(ctx, args[0], c.from, c.to)
		return []rollout.Difference{d}, err
	}
	if c.to != 0 {
		return nil, localError{errors.New("--to: it compares two versions of a monitor, and folders were given")}
	}
	found, author, err := monitorFolders(c.settings, call, args)
	if err != nil {
		return nil, err
	}
	return rollout.New(call.Client, author, rollout.Options{}, showing(progress)).DiffFolders(ctx, found, c.from)
}

// isMonitorName tells a monitor's name from folders: it is a single word, and
// nothing of that name is here.
func isMonitorName(args []string) bool {
	if len(args) != 1 || strings.ContainsAny(args[0], `/\.`) {
		return false
	}
	_, err := os.Stat(args[0])
	return errors.Is(err, os.ErrNotExist)
}
