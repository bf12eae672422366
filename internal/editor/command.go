package editor

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Command is the editor that somebody chose, as they would type it into a shell:
// with arguments, and with quotes where they are needed.
type Command string

// Find reads the choice from the environment.
func Find(lookup func(string) (string, bool)) (Command, error) {
	for _, variable := range []string{"VISUAL", "EDITOR"} {
		if value, _ := lookup(variable); strings.TrimSpace(value) != "" {
			return Command(value), nil
		}
	}
	return "", monitor.Errorf(monitor.CodeInvalid, "no editor: set VISUAL or EDITOR to yours, such as EDITOR=nano or EDITOR=\"code --wait\"")
}

// Streams are where an editor reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Open runs the editor on files, in the folder dir, until it ends. When ctx ends,
// the editor is asked to, and killed if it does not.
func (c Command) Open(ctx context.Context, streams Streams, dir string, files []string) error {
	// The shell knows its quotes best; git does the same.
	script := string(c) + ` "$@"`
	command := exec.CommandContext(ctx, "sh", append([]string{"-c", script, string(c)}, files...)...)
	command.Dir = dir
	command.Stdin, command.Stdout, command.Stderr = streams.In, streams.Out, streams.Err
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = 5 * time.Second
	err := command.Run()
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return fmt.Errorf("the editor %q: %w", string(c), err)
	}
	return nil
}
