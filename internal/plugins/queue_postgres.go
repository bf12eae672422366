//go:build !custom || queue || queue.postgres

package plugins

import (
	"context"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/postgres"
)

func init() {
	queues.Register("postgres", queue.Driver{
		Open: func(ctx context.Context, config queue.Config) (queue.Queue, error) {
			return postgres.Open(ctx, config, postgres.Config{})
		},
		Shared: true,
	})
}
