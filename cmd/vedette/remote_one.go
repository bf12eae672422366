package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

// newGet makes a command that shows what has an id.
func newGet[T any](
	s *settings, kind string,
	get func(*client.Client, context.Context, int64) (T, error), show func(*T) func(*cli.Screen),
) *cobra.Command {
	command := &cobra.Command{Use: "get ID", Short: "Show one " + kind, Args: cobra.ExactArgs(1)}
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		id, err := parseID(kind, args[0])
		if err != nil {
			return err
		}
		thing, err := get(call.Client, ctx, id)
		if err != nil {
			return err
		}
		return call.out.One(thing, show(&thing))
	})
}

// newAct makes a command that does something with what has an id.
func newAct[T any](
	s *settings, kind string, command *cobra.Command,
	act func(c *client.Client, ctx context.Context, id int64, comment string) (T, error), show func(*T) func(*cli.Screen),
) *cobra.Command {
	var comment string
	command.Args = cobra.ExactArgs(1)
	addComment(command, &comment)
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		id, err := parseID(kind, args[0])
		if err != nil {
			return err
		}
		thing, err := act(call.Client, ctx, id, comment)
		if err != nil {
			return err
		}
		return call.out.One(thing, show(&thing))
	})
}

func addComment(command *cobra.Command, comment *string) {
	command.Flags().StringVarP(comment, "comment", "m", "", "why; kept with the events")
}

func parseID(kind, text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, usageError{fmt.Errorf("%q is no id of an %s: a number such as the list shows", text, kind)}
	}
	return id, nil
}
