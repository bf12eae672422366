package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newMonitorList(s *settings) *cobra.Command {
	var (
		filter  client.MonitorFilter
		enabled bool
	)
	health := cli.NewChoice("", "ok", "violating", "unknown", "disabled")
	command := &cobra.Command{Use: "list", Short: "List the server's monitors by name"}
	flags := command.Flags()
	flags.StringVarP(&filter.Query, "query", "q", "", "only those with this in their name")
	flags.BoolVar(&enabled, "enabled", false, "only the enabled ones; --enabled=false: only the disabled ones")
	flags.StringToStringVar(&filter.Labels, "label", nil, "only those with this label, as name=value; may be given several times")
	addChoice(command, "health", "only those of this health", health)
	return newList(s, command, cli.Monitors(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Monitor], error) {
		if flags.Changed("enabled") {
			filter.Enabled = &enabled
		}
		filter.Health = health.String()
		return c.Monitors(ctx, filter, p)
	})
}
