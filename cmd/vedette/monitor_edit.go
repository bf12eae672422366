package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/editor"
)

const editorHelp = `The editor is what VISUAL or EDITOR says, with arguments if need be: EDITOR="code
--wait". It is started in a temporary folder, with the paths of the monitor's files
as its last arguments, monitor.star first; files may be added and removed there.

What was saved is validated and stored when the editor ends. If there are mistakes,
it is opened again with them as comments on top of the files; the comments go away
by themselves. Without a terminal they are told instead, and that is the end of it.
If somebody else stored a change meanwhile, that is shown and never
overwritten. Whatever could not be stored is kept, and it is said where.`

// editing is what `monitor edit` and `monitor create` were asked for.
type editing struct {
	message    string
	dropIssues bool
}

func newMonitorEdit(s *settings) *cobra.Command {
	var e editing
	command := &cobra.Command{
		Use:               "edit NAME",
		Short:             "Change one of the server's monitors in your editor",
		Long:              "Change one of the server's monitors in your editor.\n\n" + editorHelp,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	e.addFlags(command)
	command.Flags().BoolVar(&e.dropIssues, "drop-issues", false, "drop the active issues if model_id_key changes")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		config, err := e.config(ctx, command, call)
		if err != nil {
			return err
		}
		registered, err := editor.Edit(ctx, config, args[0])
		return e.show(call, registered, err)
	})
}

func (e *editing) addFlags(command *cobra.Command) {
	addMessage(command, &e.message, "what changed, and why; kept with the version")
}

// config says how the person at the terminal edits; the error is that no editor is
// set.
func (e *editing) config(ctx context.Context, command *cobra.Command, call *session) (editor.Config, error) {
	program, err := editor.Find(os.LookupEnv)
	if err != nil {
		return editor.Config{}, localError{err}
	}
	ask := asker(ctx, command)
	streams := editor.Streams{In: command.InOrStdin(), Out: terminalOr(command.OutOrStdout(), command.ErrOrStderr()), Err: command.ErrOrStderr()}
	return editor.Config{
		Server: call.Client,
		Open: func(ctx context.Context, dir string, files []string) error {
			return program.Open(ctx, streams, dir, files)
		},
		Ask:        ask,
		Once:       ask == nil,
		Tell:       func(text string) { call.messages.Screen.Linef("%s", text) },
		Show:       call.messages.Screen.Patch,
		Message:    e.message,
		DropIssues: e.dropIssues,
	}, nil
}

// terminalOr gives the first writer if it is a terminal: what an editor prints is
// none of the results that a program reads from there.
func terminalOr(w, otherwise io.Writer) io.Writer {
	if file, ok := w.(*os.File); ok && isatty.IsTerminal(file.Fd()) {
		return w
	}
	return otherwise
}

// show shows what was stored.
func (e *editing) show(call *session, registered client.Registered, err error) error {
	if errors.Is(err, editor.ErrCancelled) {
		call.messages.Screen.Linef("Edit cancelled, no changes made")
		return call.messages.Screen.Err()
	}
	if err != nil {
		return err
	}
	return showRegistered(call, registered, fmt.Sprintf("stored as version %d", registered.Version))
}

// showRegistered shows a monitor that has been stored, unless it was the same
// already, with the warnings about its code.
func showRegistered(call *session, registered client.Registered, done string) error {
	for _, d := range registered.Diagnostics {
		call.messages.Screen.Linef("%s", cli.Diagnostic(d))
	}
	return call.out.One(registered, func(screen *cli.Screen) {
		if !registered.Changed {
			done = fmt.Sprintf("unchanged, version %d has the same files", registered.Version)
		}
		screen.Linef("%s: %s", registered.Name, done)
	})
}
