package main

import (
	"context"
	"errors"
	"iter"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

// pageSize is how many items are asked for at a time: a page of the largest
// issues stays small enough to hold.
const pageSize = 200

// newList makes a command that shows a list.
func newList[T any](
	s *settings, command *cobra.Command, table cli.Table[T],
	list func(context.Context, *client.Client, client.Paging) (client.Page[T], error),
) *cobra.Command {
	var limit int
	command.Args = cobra.NoArgs
	addLimit(command, &limit)
	return newRemote(s, command, func(ctx context.Context, call *session, _ []string) error {
		return showList(ctx, call, limit, table, list)
	})
}

func addLimit(command *cobra.Command, limit *int) {
	command.Flags().IntVar(limit, "limit", 0, "show at most so many; 0: all")
}

// showList shows a list, asking for its parts as they are needed.
func showList[T any](
	ctx context.Context, call *session, limit int, table cli.Table[T],
	list func(context.Context, *client.Client, client.Paging) (client.Page[T], error),
) error {
	if limit < 0 {
		return usageError{errors.New("--limit: it has to be 0 or more")}
	}
	paging := client.Paging{Limit: pageSize}
	if limit > 0 {
		paging.Limit = min(limit, pageSize)
	}
	items := client.All(ctx, paging, func(ctx context.Context, p client.Paging) (client.Page[T], error) {
		return list(ctx, call.Client, p)
	})
	return cli.List(call.out, first(items, limit), table)
}

// first ends a list after so many items; 0: never.
func first[T any](items iter.Seq2[T, error], limit int) iter.Seq2[T, error] {
	if limit == 0 {
		return items
	}
	return func(yield func(T, error) bool) {
		left := limit
		for item, err := range items {
			left--
			if !yield(item, err) || left == 0 {
				return
			}
		}
	}
}
