package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// eventList are the flags of one call of the list of events.
type eventList struct {
	filter client.EventFilter
	source *cli.Choice
	limit  int
	dead   bool
	follow bool
	after  int64
}

func newEventList(s *settings) *cobra.Command {
	l := eventList{source: cli.NewChoice("",
		string(monitor.SourceAlert), string(monitor.SourceIssue), string(monitor.SourceMonitor), string(monitor.SourceNotification))}
	command := &cobra.Command{
		Use:   "list",
		Short: "List the events that are kept, newest first, or follow them as they come",
		Long: `Lists the events that are kept, newest first.

With --follow it shows those that come from now on, or that come after the one that
--after names, oldest first: each once and none left out, even if the server is away
for a while. With -o json each is a line of its own. Ctrl-C ends it.

With --dead it lists those whose delivery failed until it was given up, kept or not,
with what went wrong; event redeliver has them delivered again.`,
		Args: cobra.NoArgs,
	}
	l.addFlags(s, command)
	return newRemote(s, command, func(ctx context.Context, call *session, _ []string) error {
		if err := l.check(command); err != nil {
			return err
		}
		l.filter.Source = l.source.String()
		switch {
		case l.dead:
			return showList(ctx, call, l.limit, cli.Deliveries(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Delivery], error) {
				return c.Deliveries(ctx, client.DeliveryFilter{Monitor: l.filter.Monitor, Status: string(monitor.DeliveryDead)}, p)
			})
		case l.follow:
			return l.followed(ctx, call)
		default:
			return showList(ctx, call, l.limit, cli.Events(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Event], error) {
				return c.Events(ctx, l.filter, p)
			})
		}
	})
}

func (l *eventList) addFlags(s *settings, command *cobra.Command) {
	var names []string
	for _, name := range monitor.EventNames {
		names = append(names, string(name))
	}
	addMonitorFilter(s, command, &l.filter.Monitor)
	command.Flags().StringVar(&l.filter.Name, "name", "", "only those of this name, such as issue_created")
	complete(command, "name", names)
	addChoice(command, "source", "only those about this kind of thing", l.source)
	command.Flags().Int64Var(&l.filter.SourceID, "source-id", 0, "only those about the thing with this id")
	addLimit(command, &l.limit)
	command.Flags().BoolVarP(&l.follow, "follow", "f", false, "show what comes, as it comes")
	command.Flags().Int64Var(&l.after, "after", client.FromNow, "with --follow: begin after the event with this id; 0: with the oldest that is kept")
	command.Flags().BoolVar(&l.dead, "dead", false, "those whose delivery was given up")
}

func (l *eventList) check(command *cobra.Command) error {
	given := command.Flags().Changed("after")
	if l.dead {
		for _, other := range []string{"follow", "name", "source", "source-id"} {
			if command.Flags().Changed(other) {
				return usageError{fmt.Errorf("--%s: it does not go together with --dead", other)}
			}
		}
	}
	switch {
	case l.limit < 0:
		return usageError{errors.New("--limit: it has to be 0 or more")}
	case given && !l.follow:
		return usageError{errors.New("--after: it says where --follow begins, and is nothing without")}
	case given && l.after < 0:
		return usageError{errors.New("--after: it has to be the id of an event, or 0")}
	}
	return nil
}

// followed shows events as they come. That somebody ends it is no failure.
func (l *eventList) followed(ctx context.Context, call *session) error {
	events := call.Stream(ctx, l.filter, client.StreamOptions{
		After: l.after,
		Lost:  func(err error) { call.messages.Screen.Linef("connection lost, trying again: %s", err) },
		Back:  func() { call.messages.Screen.Linef("connected again") },
	})
	err := cli.Follow(call.out, first(events, l.limit), cli.Events())
	if err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}
