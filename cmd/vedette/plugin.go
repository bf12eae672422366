package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/config"
)

func newPlugin(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "plugin",
		Short: "See which plugins are compiled in, and which are enabled",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newPluginList(s), newPluginTags(s))
	return command
}

func newPluginList(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the plugins of this binary, and whether the configuration enables them",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.load()
			if err != nil {
				return err
			}
			list, missing := compiledIn().List(c)
			var text strings.Builder
			text.WriteString("KIND\tNAME\tENABLED\tBUILD TAG\n")
			for _, p := range list {
				enabled := "no"
				if p.Enabled {
					enabled = "yes"
				}
				fmt.Fprintf(&text, "%s\t%s\t%s\t%s\n", p.Kind, p.Name, enabled, p.Tag())
			}
			table := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			_, err = io.WriteString(table, text.String())
			return errors.Join(err, table.Flush(), missing)
		},
	}
}

func newPluginTags(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "tags",
		Short: "Print the build tags that compile in just the enabled plugins",
		Long: `Print the build tags that compile in just the plugins which the configuration
enables, for go build -tags. Every plugin that it names has to be in this binary.
Variables of the file need not be set: an image is built without them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.loadElsewhere()
			if err != nil {
				return err
			}
			tags, err := compiledIn().Tags(c)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), tags)
			return err
		},
	}
}

// loadElsewhere reads a configuration whose environment is not this one.
func (s *settings) loadElsewhere() (config.Config, error) {
	return config.Load(config.LoadOptions{Path: s.configFile, EnvFile: s.envFile, Environ: os.Environ(), Elsewhere: true})
}
