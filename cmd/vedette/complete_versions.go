package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/client"
)

// versionNumbers offers the versions of a monitor, with what is known of each.
func versionNumbers(s *settings, cmd *cobra.Command, name, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	offered, directive := offer(s, cmd, func(c *client.Client) ([]cobra.Completion, error) {
		page, err := c.Versions(cmd.Context(), name, client.Paging{})
		var numbers []cobra.Completion
		for _, v := range page.Items {
			if number := strconv.Itoa(v.Number); strings.HasPrefix(number, typed) {
				about := strings.Join(strings.Fields(v.Author+" "+v.Message), " ")
				numbers = append(numbers, cobra.CompletionWithDesc(number, about))
			}
		}
		return numbers, err
	})
	// The newest first, as they come.
	return offered, directive | cobra.ShellCompDirectiveKeepOrder
}

// nameAndVersion offers a monitor's name, and then one of its versions.
func nameAndVersion(s *settings) cobra.CompletionFunc {
	names := monitorNames(s)
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		switch len(args) {
		case 0:
			return names(cmd, args, typed)
		case 1:
			return versionNumbers(s, cmd, args[0], typed)
		default:
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
	}
}

// flagVersions offers the versions of the monitor that the arguments name.
func flagVersions(s *settings) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) != 1 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return versionNumbers(s, cmd, strings.TrimSuffix(args[0], "/"), typed)
	}
}

// namesOrFolders offers the server's monitors, and the shell its folders.
func namesOrFolders(s *settings) cobra.CompletionFunc {
	names := monitorNames(s)
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		offered, _ := names(cmd, args, typed)
		return offered, cobra.ShellCompDirectiveDefault
	}
}
