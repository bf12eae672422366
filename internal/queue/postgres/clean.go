package postgres

import (
	"context"
	"log/slog"
	"time"

	"github.com/vedettehq/vedette/internal/telemetry"
)

// clean removes messages that nobody received for long, until ctx ends: when no
// executor runs, or when a lane is no longer used. The store still knows what
// they announced. Every process does it, since it costs next to nothing.
func (q *Queue) clean(ctx context.Context) {
	trouble := telemetry.NewTrouble(q.logger, "removing old messages")
	ticker := time.NewTicker(q.config.CleanInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		count, err := q.cleanOnce(ctx)
		trouble.Note(ctx, err)
		if count > 0 {
			q.logger.InfoContext(ctx, "removed old messages", slog.Int64("count", count))
		}
	}
}

func (q *Queue) cleanOnce(ctx context.Context) (count int64, err error) {
	err = q.bounded(ctx, func(ctx context.Context) error {
		tag, err := q.pool.Exec(ctx, `
			delete from queue_messages m
			using (select lane, id from queue_messages
				where sent_at < clock_timestamp() - $1::bigint * interval '1 microsecond' and visible_at <= clock_timestamp()
				for update skip locked) old
			where m.lane = old.lane and m.id = old.id`, q.config.Keep.Microseconds())
		count = tag.RowsAffected()
		return err
	})
	return count, err
}
