package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/shell"
)

func newShell(s *settings) *cobra.Command {
	r := &remote{settings: s, format: cli.NewChoice(shell.FormatTable, shell.FormatTable, shell.FormatJSON)}
	var (
		local     bool
		code      string
		noHistory bool
	)
	command := &cobra.Command{
		Use:   "shell",
		Short: "Query databases and use all commands, interactively or by a script",
		Long: `Code is that of monitors (Starlark), with what they can call: query(...) and the
rest. What an expression gives is printed. A line that begins with the name of a
command is that command: alert list, status, monitor get NAME.

Queries run on a server if one answers, else on the databases configured here;
which of the two it is, is said at the start. If standard input is no terminal, a
script is read from it, until its end or its first error.`,
		Args: cobra.NoArgs,
	}
	r.addServer(command)
	command.Flags().BoolVar(&local, "local", false, "query the databases configured here, in this process")
	command.Flags().StringVarP(&code, "code", "c", "", "run this instead of reading anything")
	command.Flags().BoolVar(&noHistory, "no-history", false, "keep nothing of what is typed")
	addOutput(command, r.format)
	command.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if local && r.server != "" {
			return usageError{errors.New("--local and --server exclude each other")}
		}
		script := scriptFor(cmd, code)
		parts, err := r.openShell(cmd.Context(), local, script != nil, cmd.ErrOrStderr())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, parts.close()) }()
		parts.config.Out, parts.config.Messages = cmd.OutOrStdout(), cmd.ErrOrStderr()
		parts.config.Format = r.format.String()
		sh := shell.New(parts.config)
		if script != nil {
			return toldAsSuch(sh.Script(cmd.Context(), script.name, script.text))
		}
		return interact(cmd.Context(), sh, noHistory)
	}
	return command
}

// shellScript is what is run if nobody types.
type shellScript struct {
	name string
	text io.Reader
}

// scriptFor is nil if somebody sits at a terminal.
func scriptFor(cmd *cobra.Command, code string) *shellScript {
	if cmd.Flags().Changed("code") {
		return &shellScript{"-c", strings.NewReader(code)}
	}
	if file, ok := cmd.InOrStdin().(*os.File); ok && isatty.IsTerminal(file.Fd()) {
		return nil
	}
	return &shellScript{"stdin", cmd.InOrStdin()}
}

// interact lets somebody type. Ctrl-C belongs to the shell then: it must not end
// the process.
func interact(ctx context.Context, sh *shell.Shell, noHistory bool) error {
	ctx, stop := signal.NotifyContext(context.WithoutCancel(ctx), syscall.SIGTERM)
	defer stop()
	path := ""
	if !noHistory {
		path = shell.HistoryPath(os.LookupEnv)
	}
	history, err := shell.OpenHistory(path)
	if err != nil {
		return fmt.Errorf("%w (--no-history goes without)", err)
	}
	return sh.Interact(ctx, history)
}

// toldAsSuch keeps what was told from being told again.
func toldAsSuch(err error) error {
	if errors.Is(err, shell.ErrTold) {
		return errTold
	}
	return err
}
