package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/config"
)

func newConfig(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "config",
		Short: "Look at the configuration",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newConfigCheck(s), newConfigPrint(s))
	return command
}

func newConfigCheck(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, and say where it is wrong",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.load()
			if err != nil {
				return err
			}
			for _, warning := range c.Warnings {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), warning); err != nil {
					return err
				}
			}
			if err := compiledIn().Check(c); err != nil {
				return err
			}
			source := c.File
			if source == "" {
				source = "no file, only defaults and environment"
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "ok: %s\n", source)
			return err
		},
	}
}

func newConfigPrint(s *settings) *cobra.Command {
	var defaults bool
	command := &cobra.Command{
		Use:   "print",
		Short: "Print the configuration in force, without secrets",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if defaults {
				return config.PrintDefaults(cmd.OutOrStdout())
			}
			c, err := s.load()
			if err != nil {
				return err
			}
			return config.Print(cmd.OutOrStdout(), c)
		},
	}
	command.Flags().BoolVar(&defaults, "defaults", false, "print every key with its default and what it is for")
	return command
}
