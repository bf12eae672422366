package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/editor"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newMonitorCreate(s *settings) *cobra.Command {
	var (
		e        editing
		template string
	)
	command := &cobra.Command{
		Use:   "create NAME",
		Short: "Write a new monitor in your editor, and store it on the server",
		Long: `Write a new monitor in your editor, and store it on the server. It starts from a
small monitor that works, or from another one of the server's (--template). To give
up, empty monitor.star, or have the editor fail (:cq in vi).

` + editorHelp,
		Args: cobra.ExactArgs(1),
	}
	e.addFlags(command)
	command.Flags().StringVar(&template, "template", "", "start from the files of this one of the server's monitors")
	names := monitorNames(s)
	completeWith(command, "template", func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return names(cmd, nil, typed)
	})
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		config, err := e.config(ctx, command, call)
		if err != nil {
			return err
		}
		files, err := startFrom(ctx, call, args[0], template)
		if err != nil {
			return err
		}
		// It takes the role that storing takes: better to know before anything is typed.
		if _, err := call.Validate(ctx, client.Draft{Name: args[0], Files: files}); monitor.CodeOf(err) == monitor.CodeForbidden {
			return err
		}
		registered, err := editor.Create(ctx, config, args[0], files)
		return e.show(call, registered, err)
	})
}

// startFrom gives the files of a monitor's template, and refuses a name that cannot
// be or is taken before anything is typed.
func startFrom(ctx context.Context, call *session, name, template string) (monitor.Files, error) {
	if err := monitor.CheckName(name); err != nil {
		return nil, usageError{err}
	}
	_, err := call.Monitor(ctx, name)
	switch {
	case err == nil:
		return nil, monitor.Errorf(monitor.CodeConflict, "there is a monitor %s already: change it with `vedette monitor edit %s`", name, name)
	case monitor.CodeOf(err) != monitor.CodeNotFound:
		return nil, err
	case template == "":
		return editor.Template(name), nil
	}
	m, err := call.Monitor(ctx, template)
	if err != nil {
		return nil, fmt.Errorf("--template: %w", err)
	}
	version, err := call.Version(ctx, template, m.Version)
	if err != nil {
		return nil, fmt.Errorf("--template: read version %d of %s: %w", m.Version, template, err)
	}
	return version.Files, nil
}
