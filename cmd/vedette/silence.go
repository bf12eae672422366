package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

func newSilence(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "silence",
		Short: "Keep people from being told of some alerts for a while",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(
		newSilenceAdd(s),
		newSilenceList(s),
		newGet(s, "silence", (*client.Client).Silence, cli.Silence),
		newAct(s, "silence", &cobra.Command{
			Use:   "expire ID",
			Short: "End a silence before its time: what is still wrong is told then",
		}, (*client.Client).ExpireSilence, cli.SilenceDone),
	)
	return command
}

func newSilenceAdd(s *settings) *cobra.Command {
	var a silenceAdding
	command := &cobra.Command{
		Use:   "add",
		Short: "Silence alerts",
		Long: `Silence alerts: people are not told of them, whatever happens to them, until the silence
is over. Monitors run on, and what is still wrong then is told once. Alerts have to
fulfil everything that is asked for.`,
		Example: `  vedette silence add --monitor stuck_orders --for 2h --comment "release 7.2"
  vedette silence add --label team=shop --priority low --until 2026-12-01T08:00:00+01:00 --comment "quiet weekend"
  vedette silence add --everything --every "0 2 * * 0" --for 90m --zone Europe/Berlin --comment "database maintenance"`,
		Args: cobra.NoArgs,
	}
	a.addFlags(s, command)
	return newRemote(s, command, func(ctx context.Context, call *session, _ []string) error {
		request, err := a.request()
		if err != nil {
			return err
		}
		created, err := call.CreateSilence(ctx, request)
		if err != nil {
			return err
		}
		return call.out.One(created, cli.SilenceDone(&created))
	})
}

// silenceAdding is what the flags of silence add say.
type silenceAdding struct {
	client.SilenceRequest

	labels      []string
	priority    *cli.Choice
	from, until string
}

func (a *silenceAdding) addFlags(s *settings, command *cobra.Command) {
	a.priority = cli.NewChoice("", priorities()...)
	flags := command.Flags()
	flags.StringVar(&a.Monitor, "monitor", "", "those of the monitor of this name")
	names := monitorNames(s)
	completeWith(command, "monitor", func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return names(cmd, nil, typed)
	})
	flags.StringArrayVar(&a.labels, "label", nil, "those of monitors with this label: name=value; may be given several times")
	addChoice(command, "priority", "those of this priority and less important ones", a.priority)
	flags.Int64Var(&a.IssueID, "issue", 0, "this issue; an alert is silenced when all its active issues are")
	flags.BoolVar(&a.Everything, "everything", false, "all alerts")
	flags.StringVar(&a.For, "for", "", "how long it lasts, each time if it recurs: 2h, 30m, 7d")
	flags.StringVar(&a.from, "from", "", "when it begins: 2026-12-01T08:00:00Z (default: now)")
	flags.StringVar(&a.until, "until", "", "when it is over: 2026-12-01T08:00:00Z")
	flags.StringVar(&a.Every, "every", "", `when it recurs, a cron expression: "0 2 * * 0"`)
	flags.StringVar(&a.Zone, "zone", "", "time zone of --every: Europe/Berlin (default: the server's time_zone)")
	flags.StringVarP(&a.Comment, "comment", "m", "", "why; it has to be said")
}

func (a *silenceAdding) request() (client.SilenceRequest, error) {
	request := a.SilenceRequest
	if strings.TrimSpace(request.Comment) == "" {
		return request, usageError{fmt.Errorf("--comment: say why, for those who wonder that they hear nothing")}
	}
	if word := a.priority.String(); word != "" {
		p, err := parsePriority(word)
		if err != nil {
			return request, err
		}
		request.Priority = int(p)
	}
	for _, label := range a.labels {
		name, value, ok := strings.Cut(label, "=")
		if !ok || name == "" {
			return request, usageError{fmt.Errorf("--label: %q is not of the form name=value", label)}
		}
		if request.Labels == nil {
			request.Labels = map[string]string{}
		}
		if other, ok := request.Labels[name]; ok && other != value {
			return request, usageError{fmt.Errorf("--label: no monitor has both %s=%s and %s=%s", name, other, name, value)}
		}
		request.Labels[name] = value
	}
	var err error
	if request.StartsAt, err = parseMoment("from", a.from); err != nil {
		return request, err
	}
	request.EndsAt, err = parseMoment("until", a.until)
	return request, err
}

// parseMoment reads the time that a flag names; nil: none.
func parseMoment(flag, text string) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, usageError{fmt.Errorf("--%s: %q is not a time with its zone, such as 2026-12-01T08:00:00Z or 2026-12-01T08:00:00+01:00", flag, text)}
	}
	return &at, nil
}

func newSilenceList(s *settings) *cobra.Command {
	var filter client.SilenceFilter
	command := &cobra.Command{Use: "list", Short: "List silences that are in force or will be, newest first"}
	addMonitorFilter(s, command, &filter.Monitor)
	command.Flags().BoolVar(&filter.Active, "active", false, "only those in force now")
	command.Flags().BoolVar(&filter.Expired, "all", false, "those that are over, too")
	return newList(s, command, cli.Silences(), func(ctx context.Context, c *client.Client, p client.Paging) (client.Page[client.Silence], error) {
		if filter.Active && filter.Expired {
			return client.Page[client.Silence]{}, usageError{fmt.Errorf("--active and --all: leave one of them out")}
		}
		return c.Silences(ctx, filter, p)
	})
}
