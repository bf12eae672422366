//go:build !custom || queue || queue.sqs

package plugins

import (
	"context"

	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/sqs"
)

func init() {
	queues.Register("sqs", queue.Driver{
		Open: func(ctx context.Context, config queue.Config) (queue.Queue, error) {
			return sqs.Open(ctx, config, sqs.Config{})
		},
		Shared: true,
	})
}
