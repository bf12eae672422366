package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
)

// errDeclined ends a command whose question was answered by no.
var errDeclined = errors.New("cancelled, nothing was changed")

// asker gives what asks the person at the terminal; nil if there is nobody.
func asker(ctx context.Context, cmd *cobra.Command) func(question string) (bool, error) {
	in, isFile := cmd.InOrStdin().(*os.File)
	out, alsoFile := cmd.ErrOrStderr().(*os.File)
	if !isFile || !alsoFile || !isatty.IsTerminal(in.Fd()) || !isatty.IsTerminal(out.Fd()) {
		return nil
	}
	return func(question string) (bool, error) {
		if _, err := fmt.Fprintf(out, "%s [y/N] ", question); err != nil {
			return false, err
		}
		yes, err := answer(ctx, in)
		if err != nil {
			// What comes next begins a line of its own.
			_, writeErr := fmt.Fprintln(out)
			err = errors.Join(err, writeErr)
		}
		return yes, err
	}
}

// answer reads yes or no; whatever is neither is no.
func answer(ctx context.Context, in io.Reader) (bool, error) {
	line := make(chan string, 1)
	// Nothing ends a read from a terminal; what is left of it ends with the process.
	go func() {
		text, err := bufio.NewReader(in).ReadString('\n')
		if err != nil {
			text = ""
		}
		line <- text
	}()
	select {
	case <-ctx.Done():
		return false, context.Cause(ctx)
	case text := <-line:
		text = strings.ToLower(strings.TrimSpace(text))
		return text == "y" || text == "yes", nil
	}
}

// confirm asks before something that cannot be taken back, unless it was
// confirmed on the command line.
func confirm(ctx context.Context, cmd *cobra.Command, confirmed bool, question string) error {
	if confirmed {
		return nil
	}
	ask := asker(ctx, cmd)
	if ask == nil {
		return usageError{fmt.Errorf("%s There is nobody to ask: confirm it with --yes", question)}
	}
	yes, err := ask(question)
	if err == nil && !yes {
		return errDeclined
	}
	return err
}

// counted says how many there are of something.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
