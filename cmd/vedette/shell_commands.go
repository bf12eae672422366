package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/shell"
)

// notInShell are the commands that make no sense in a shell: those that would run
// for ever in it, and itself.
var notInShell = []string{"run", "controller", "executor", "shell", "completion", "help"}

// shellCommands are the commands of this program for somebody who is in its
// shell. Each runs on a tree of its own: the flags of one must not stay for the
// next.
type shellCommands struct {
	settings settings
	// tree makes all commands.
	tree func(*settings) *cobra.Command
	list []shell.Command
}

var _ shell.Commands = (*shellCommands)(nil)

// newShellCommands has commands begin with the settings.
func newShellCommands(s settings) *shellCommands {
	c := &shellCommands{settings: s, tree: newRootWith}
	for _, command := range c.root().Commands() {
		if command.IsAvailableCommand() && !slices.Contains(notInShell, command.Name()) {
			c.list = append(c.list, shell.Command{Name: command.Name(), Summary: command.Short})
		}
	}
	return c
}

// List lists the commands.
func (c *shellCommands) List() []shell.Command { return c.list }

// Run runs one of them.
func (c *shellCommands) Run(ctx context.Context, words []string) error {
	if slices.Contains(notInShell, words[0]) {
		return fmt.Errorf("%s is no command of the shell", words[0])
	}
	root := c.root()
	root.SetArgs(words)
	err := root.ExecuteContext(ctx)
	if errors.Is(err, errTold) {
		return shell.ErrTold
	}
	return err
}

func (c *shellCommands) root() *cobra.Command {
	settings := c.settings
	return c.tree(&settings)
}

// Complete asks cobra as the completion of a system's shell does. What it cannot
// tell is nothing to complete by.
func (c *shellCommands) Complete(ctx context.Context, words []string) []shell.Candidate {
	if len(words) > 1 && slices.Contains(notInShell, words[0]) {
		return nil
	}
	root := c.root()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&bytes.Buffer{})
	root.SetArgs(append([]string{cobra.ShellCompRequestCmd}, words...))
	if err := root.ExecuteContext(ctx); err != nil {
		return nil
	}
	var candidates []shell.Candidate
	for line := range strings.Lines(out.String()) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, ":") || strings.HasPrefix(line, "_activeHelp_") {
			continue
		}
		value, description, _ := strings.Cut(line, "\t")
		candidates = append(candidates, shell.Candidate{Value: value, Description: description, Open: strings.HasSuffix(value, "=")})
	}
	return candidates
}
