//go:build !custom || queue || queue.internal

package plugins

import (
	"context"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/memory"
)

func init() {
	queues.Register("internal", queue.Driver{
		Open: func(_ context.Context, config queue.Config) (queue.Queue, error) {
			return memory.New(memory.Config{Registerer: config.Registerer}), nil
		},
	})
}
