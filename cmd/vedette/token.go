package main

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newToken(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "token",
		Short: "Say who may come in, and what they may do",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newTokenCreate(s), newTokenList(s), newTokenRevoke(s))
	return command
}

func newTokenCreate(s *settings) *cobra.Command {
	var request client.TokenRequest
	role := cli.NewChoice("", client.Roles[:]...)
	command := &cobra.Command{
		Use:   "create NAME",
		Short: "Make a token, and print it: it is not shown again",
		Long: `Make a token, and print it: it is not shown again. NAME is what its holder is called
in what they do. Roles, each with what those before it may do:
  viewer     see everything
  responder  act on monitors, alerts and issues
  editor     write monitors, and query databases
  admin      make and revoke tokens`,
		Args: cobra.ExactArgs(1),
	}
	addChoice(command, "role", "what its holder may do", role)
	command.Flags().StringVar(&request.ExpiresIn, "expires", "", "when it expires, from now on: 30d, 12h (default: never)")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		if request.Role = role.String(); request.Role == "" {
			return usageError{fmt.Errorf("--role: say which: %s", strings.Join(role.Allowed(), ", "))}
		}
		request.Name = args[0]
		created, err := call.CreateToken(ctx, request)
		if err != nil {
			return err
		}
		if err := call.out.One(created, func(screen *cli.Screen) { screen.Linef("%s", created.Secret) }); err != nil {
			return err
		}
		cli.TokenHint(call.messages.Screen, &created)
		return call.messages.Screen.Err()
	})
}

func newTokenList(s *settings) *cobra.Command {
	var filter client.TokenFilter
	command := &cobra.Command{Use: "list", Short: "List tokens, newest first"}
	command.Flags().BoolVar(&filter.Revoked, "revoked", false, "those that were revoked, too")
	return newList(s, command, cli.Tokens(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Token], error) {
		return c.Tokens(ctx, filter, p)
	})
}

func newTokenRevoke(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:               "revoke ID|NAME",
		Short:             "Revoke a token for good, and end the sessions that were begun with it",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: tokenNames(s),
	}
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		id, err := tokenID(ctx, call.Client, args[0])
		if err != nil {
			return err
		}
		revoked, err := call.RevokeToken(ctx, id)
		if err != nil {
			return err
		}
		return call.out.One(revoked, func(screen *cli.Screen) { screen.Linef("token %d (%s): revoked", revoked.ID, revoked.Name) })
	})
}

// tokenID is the id of a token that is called by its id or its name; names never
// begin with a digit.
func tokenID(ctx context.Context, c *client.Client, word string) (int64, error) {
	if id, err := strconv.ParseInt(word, 10, 64); err == nil {
		return id, nil
	}
	for token, err := range everyToken(ctx, c) {
		if err != nil {
			return 0, err
		}
		if token.Name == word {
			return token.ID, nil
		}
	}
	return 0, monitor.Errorf(monitor.CodeNotFound, "there is no token %q: `vedette token list` shows those there are", word)
}

// tokenNames offers the names of the tokens that can be revoked.
func tokenNames(s *settings) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(s, cmd, func(c *client.Client) ([]cobra.Completion, error) {
			var names []cobra.Completion
			for token, err := range everyToken(cmd.Context(), c) {
				if err != nil {
					return nil, err
				}
				if strings.HasPrefix(token.Name, typed) {
					names = append(names, token.Name)
				}
			}
			return names, nil
		})
	}
}

func everyToken(ctx context.Context, c *client.Client) iter.Seq2[client.Token, error] {
	return client.All(ctx, client.Paging{Limit: pageSize}, func(ctx context.Context, p client.Paging) (client.Page[client.Token], error) {
		return c.Tokens(ctx, client.TokenFilter{}, p)
	})
}
