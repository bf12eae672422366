package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
)

func newMigrate(s *settings) *cobra.Command {
	command := &cobra.Command{
		Use:   "migrate",
		Short: "Change the schema of the application database",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	command.AddCommand(newMigrateUp(s), newMigrateDown(s), newMigrateVersion(s), newMigrateForce(s))
	return command
}

func newMigrateUp(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "up [STEPS]",
		Short: "Bring the schema up to date, or by as many steps as given",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			steps, err := positive(args, 0)
			if err != nil {
				return err
			}
			return migrate(cmd, s, func(db app.Database) error { return db.Up(cmd.Context(), steps) })
		},
	}
}

func newMigrateDown(s *settings) *cobra.Command {
	var all bool
	command := &cobra.Command{
		Use:   "down [STEPS]",
		Short: "Take the schema back by one step, or by as many as given; data of what goes away is lost",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			steps, err := positive(args, 1)
			if err != nil {
				return err
			}
			if all {
				steps = 0
			}
			return migrate(cmd, s, func(db app.Database) error { return db.Down(cmd.Context(), steps) })
		},
	}
	command.Flags().BoolVar(&all, "all", false, "take back everything: all data is lost")
	return command
}

func newMigrateVersion(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the schema's version",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return migrate(cmd, s, func(app.Database) error { return nil })
		},
	}
}

func newMigrateForce(s *settings) *cobra.Command {
	return &cobra.Command{
		Use:   "force VERSION",
		Short: "Note a version without migrating, after a repair by hand",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			version, err := strconv.Atoi(args[0])
			if err != nil || version < 0 {
				return usageError{fmt.Errorf("%q is no version: a number such as %s migrate version prints", args[0], cmd.Root().Name())}
			}
			return migrate(cmd, s, func(db app.Database) error { return db.Force(cmd.Context(), version) })
		},
	}
}

// migrate opens the application database, changes it, and prints where it is.
func migrate(cmd *cobra.Command, s *settings, change func(app.Database) error) (err error) {
	c, err := s.load()
	if err != nil {
		return err
	}
	db, err := app.OpenDatabase(cmd.Context(), c, compiledIn())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := change(db); err != nil {
		return err
	}
	version, dirty, newest, err := db.SchemaVersion(cmd.Context())
	if err != nil {
		return err
	}
	state := ""
	if dirty {
		state = ", left half done by a failed migration"
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "schema version %d of %d%s\n", version, newest, state)
	return err
}

// positive reads an optional number of steps.
func positive(args []string, absent int) (int, error) {
	if len(args) == 0 {
		return absent, nil
	}
	steps, err := strconv.Atoi(args[0])
	if err != nil || steps < 1 {
		return 0, usageError{fmt.Errorf("%q is no number of steps: 1 or more", args[0])}
	}
	return steps, nil
}
