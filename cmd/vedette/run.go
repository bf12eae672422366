package main

import (
	"context"
	"errors"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/telemetry"
)

func newRunCommand(s *settings, name, short string, role app.Role) *cobra.Command {
	return &cobra.Command{
		Use:   name,
		Short: short,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.load()
			if err != nil {
				return err
			}
			log := logger(c)
			for _, warning := range c.Warnings {
				log.WarnContext(cmd.Context(), "the configuration has what may be a mistake", slog.String("warning", warning.String()))
			}
			build := telemetry.ReadBuild()
			a, err := app.New(cmd.Context(), app.Options{
				Config:   c,
				Role:     role,
				Plugins:  compiledIn(),
				Logger:   log,
				Registry: telemetry.NewRegistry(build),
				Build:    build,
			})
			switch {
			case stopped(cmd.Context(), err):
				log.InfoContext(cmd.Context(), "vedette stopped before it had started", slog.Any("at", err))
				return nil
			case err != nil:
				return err
			}
			return a.Run(cmd.Context())
		},
	}
}

// stopped tells whether an error only says that the process was asked to stop.
func stopped(ctx context.Context, err error) bool {
	return ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, context.Cause(ctx)))
}
