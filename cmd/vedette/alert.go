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

func newAlert(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "alert",
		Short: "See alerts, and act on them",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newAlertList(s), newGet(s, "alert", (*client.Client).Alert, cli.Alert))
	for _, action := range []struct {
		name, short, done string
		act               func(*client.Client, context.Context, int64, string) (client.Alert, error)
	}{
		{"ack", "Say that somebody knows of an alert, as important as it is now", "acknowledged", (*client.Client).Acknowledge},
		{"lock", "Have new issues go to another alert", "locked", (*client.Client).Lock},
		{"unlock", "Let an alert gain issues again", "unlocked", (*client.Client).Unlock},
		{"solve", "Solve an alert and its issues, where no run can", "solved", (*client.Client).SolveAlert},
	} {
		show := func(a *client.Alert) func(*cli.Screen) { return cli.AlertDone(a, action.done) }
		command.AddCommand(newAct(s, "alert", &cobra.Command{Use: action.name + " ID", Short: action.short}, action.act, show))
	}
	return command
}

func newAlertList(s *settings) *cobra.Command {
	var (
		filter       client.AlertFilter
		acknowledged bool
		locked       bool
		silenced     bool
	)
	status := cli.NewChoice("", string(monitor.AlertActive), string(monitor.AlertSolved))
	priority := cli.NewChoice("", priorities()...)
	sort := cli.NewChoice("", "newest", "priority")
	command := &cobra.Command{Use: "list", Short: "List alerts, newest first or by priority"}
	addMonitorFilter(s, command, &filter.Monitor)
	command.Flags().StringVarP(&filter.Query, "query", "q", "", "only those with this in their monitor's name")
	command.Flags().StringToStringVar(&filter.Labels, "label", nil, "only those whose monitor has this label, as name=value; may be given several times")
	addChoice(command, "status", "only those of this status", status)
	addChoice(command, "priority", "only those of this priority", priority)
	command.Flags().BoolVar(&acknowledged, "acknowledged", false, "only those that are acknowledged as they are now; --acknowledged=false: only the others")
	command.Flags().BoolVar(&locked, "locked", false, "only those that gain no more issues; --locked=false: only the others")
	command.Flags().BoolVar(&silenced, "silenced", false, "only those that people are not told of for now; --silenced=false: only the others")
	addChoice(command, "sort", "newest: as without this; priority: active ones, the most important first", sort)
	return newList(s, command, cli.Alerts(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Alert], error) {
		filter.Status, filter.Sort = status.String(), sort.String()
		if filter.Sort == "priority" && filter.Status == "" {
			filter.Status = string(monitor.AlertActive)
		}
		if text := priority.String(); text != "" {
			chosen, err := parsePriority(text)
			if err != nil {
				return client.Page[client.Alert]{}, err
			}
			filter.Priorities = []int{int(chosen)}
		}
		if command.Flags().Changed("acknowledged") {
			filter.Acknowledged = &acknowledged
		}
		if command.Flags().Changed("locked") {
			filter.Locked = &locked
		}
		if command.Flags().Changed("silenced") {
			filter.Silenced = &silenced
		}
		return c.Alerts(ctx, filter, p)
	})
}

// priorities are the words for a priority: names and numbers.
func priorities() []string {
	var words []string
	for _, p := range monitor.Priorities {
		words = append(words, p.String())
	}
	for _, p := range monitor.Priorities {
		words = append(words, strconv.Itoa(int(p)))
	}
	return words
}

func parsePriority(word string) (monitor.Priority, error) {
	if number, err := strconv.Atoi(word); err == nil {
		return monitor.Priority(number), nil
	}
	p, err := monitor.ParsePriority(word)
	if err != nil {
		return 0, usageError{fmt.Errorf("--priority: %w", err)}
	}
	return p, nil
}
