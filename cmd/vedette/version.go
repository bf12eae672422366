package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/telemetry"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print what this binary was built from",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "vedette", telemetry.ReadBuild())
			return err
		},
	}
}
