package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newEventRedeliver(s *settings) *cobra.Command {
	var request client.RedeliverRequest
	command := &cobra.Command{
		Use:   "redeliver EVENT...",
		Short: "Have events delivered again whose delivery was given up",
		Long: `Has events delivered again whose delivery failed until it was given up: those with
the given ids, as event list --dead shows them, those of a monitor, or all.`,
	}
	command.Flags().StringVar(&request.Monitor, "monitor", "", "all those of this monitor")
	completeWith(command, "monitor", monitorNames(s))
	command.Flags().BoolVar(&request.All, "all", false, "all there are")
	return newRemote(s, command, func(ctx context.Context, call *session, args []string) error {
		request.EventIDs = nil
		for _, arg := range args {
			id, err := parseID("event", arg)
			if err != nil {
				return err
			}
			request.EventIDs = append(request.EventIDs, id)
		}
		if err := checkRedeliver(&request); err != nil {
			return err
		}
		done, err := call.Redeliver(ctx, request)
		if err != nil {
			return err
		}
		return call.out.One(done, cli.Redelivered(&done))
	})
}

func checkRedeliver(r *client.RedeliverRequest) error {
	ids, one := len(r.EventIDs) > 0, r.Monitor != ""
	switch {
	case !ids && !one && !r.All:
		return usageError{errors.New("which events? ids as event list --dead shows them, or --monitor, or --all")}
	case ids && one || ids && r.All || one && r.All:
		return usageError{errors.New("either ids of events, or --monitor, or --all")}
	}
	return nil
}
