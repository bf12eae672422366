package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/rollout"
)

// getting is what `monitor get` was asked for.
type getting struct {
	files   string
	version int
}

func newMonitorGet(s *settings) *cobra.Command {
	var g getting
	command := &cobra.Command{
		Use:   "get NAME",
		Short: "Show one of the server's monitors, or write its files to a folder",
		Long: `Show one of the server's monitors. With --files DIR, write its files to DIR/NAME
instead, and those of shared/ beside that, from where apply takes them again. No
file is overwritten.`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	command.Flags().StringVar(&g.files, "files", "", "write the files below this folder")
	command.Flags().IntVar(&g.version, "version", 0, "of the files: those of this version (default: the current one)")
	completeWith(command, "version", flagVersions(s))
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		if g.version != 0 && g.files == "" {
			return usageError{errors.New("--version: it says which --files to write, and that was not given")}
		}
		m, err := call.Monitor(ctx, args[0])
		if err != nil {
			return err
		}
		if g.files == "" {
			return call.out.One(m, cli.Monitor(&m))
		}
		if g.version == 0 {
			g.version = m.Version
		}
		return g.write(ctx, call, args[0])
	})
}

// write writes the files of a version.
func (g *getting) write(ctx context.Context, call *session, name string) error {
	version, err := call.Version(ctx, name, g.version)
	if err != nil {
		return err
	}
	written, err := rollout.Export(g.files, name, version.Files)
	if err != nil {
		return localError{err}
	}
	return call.out.One(version, func(screen *cli.Screen) {
		for _, path := range written {
			screen.Linef("wrote %s", path)
		}
		if len(written) == 0 {
			screen.Linef("%s: version %d is there already", name, version.Number)
		}
	})
}
