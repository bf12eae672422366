package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

func newMonitorVersions(s *settings) *cobra.Command {
	var limit int
	command := &cobra.Command{
		Use:               "versions NAME",
		Short:             "List the versions of a monitor, newest first",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: monitorNames(s),
	}
	addLimit(command, &limit)
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		return showList(ctx, call, limit, cli.Versions(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Version], error) {
			return c.Versions(ctx, args[0], p)
		})
	})
}

func newMonitorRestore(s *settings) *cobra.Command {
	var restoration client.Restoration
	command := &cobra.Command{
		Use:   "restore NAME VERSION",
		Short: "Make an earlier version of a monitor current again",
		Long: `Make the files of an earlier version of a monitor current again, as a new version:
nothing of the history is lost. A monitor that was deleted is made anew. What has
changed since, "vedette monitor diff NAME --version VERSION" shows.`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: nameAndVersion(s),
	}
	addMessage(command, &restoration.Message, "why; kept with the version")
	command.Flags().BoolVar(&restoration.DropIssues, "drop-issues", false, "drop the active issues if model_id_key changes")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		number, err := parseVersion(args[1])
		if err != nil {
			return err
		}
		before, err := call.Monitor(ctx, args[0])
		if err != nil && monitor.CodeOf(err) != monitor.CodeNotFound {
			return err
		}
		// One that was deleted has no ETag, and is made anew.
		registered, err := call.Restore(ctx, args[0], number, restoration, before.ETag)
		if err != nil {
			return err
		}
		return showRegistered(call, registered, fmt.Sprintf("version %d restored as version %d", number, registered.Version))
	})
}

func parseVersion(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 {
		return 0, usageError{fmt.Errorf("%q is no version: a number such as `vedette monitor versions` shows", text)}
	}
	return number, nil
}
