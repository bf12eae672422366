package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
)

// completionTimeout is how long a shell's user waits for names at most.
const completionTimeout = time.Second

// complete offers fixed words as the values of a flag.
func complete(command *cobra.Command, flag string, words []string) {
	completeWith(command, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

func completeWith(command *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := command.RegisterFlagCompletionFunc(flag, f); err != nil {
		// The flag does not exist: a mistake in this program.
		panic(err)
	}
}

// monitorNames offers the server's monitors.
func monitorNames(s *settings) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(s, cmd, func(c *client.Client) ([]cobra.Completion, error) {
			page, err := c.Monitors(cmd.Context(), client.MonitorFilter{Query: typed}, client.Paging{})
			var names []cobra.Completion
			for _, m := range page.Items {
				if strings.HasPrefix(m.Name, typed) {
					names = append(names, m.Name)
				}
			}
			return names, err
		})
	}
}

// offer offers what a server says. Where it is away or slow there is nothing to
// offer, and nothing to say either: somebody is typing.
func offer(s *settings, cmd *cobra.Command, offers func(*client.Client) ([]cobra.Completion, error)) ([]cobra.Completion, cobra.ShellCompDirective) {
	r := &remote{settings: s}
	if flag := cmd.Flag("server"); flag != nil {
		r.server = flag.Value.String()
	}
	c, err := r.connect(completionTimeout)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer c.Close()
	found, err := offers(c)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

// addMonitorFilter adds the flag by which most lists are narrowed.
func addMonitorFilter(s *settings, command *cobra.Command, name *string) {
	command.Flags().StringVar(name, "monitor", "", "only those of the monitor of this name")
	names := monitorNames(s)
	completeWith(command, "monitor", func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return names(cmd, nil, typed)
	})
}

// addChoice adds a flag that narrows a list to one of a few words.
func addChoice(command *cobra.Command, flag, usage string, choice *cli.Choice) {
	command.Flags().Var(choice, flag, usage)
	complete(command, flag, choice.Allowed())
}

// addOutput adds the flag that says how results are shown.
func addOutput(command *cobra.Command, format *cli.Choice) {
	command.Flags().VarP(format, "output", "o", "how to show it")
	complete(command, "output", format.Allowed())
}
