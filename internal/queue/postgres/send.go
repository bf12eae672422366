package postgres

import (
	"context"

	"github.com/vedettehq/vedette/internal/queue"
)

// channel is where notifications are sent, with the lane as their payload.
const channel = "vedette_queue"

// maxBatch is the most messages that one statement sends or removes.
const maxBatch = 5000

// Send queues all messages in batches, and wakes those who wait for them.
func (q *Queue) Send(ctx context.Context, messages ...queue.Message) error {
	lanes := make([]string, len(messages))
	ids := make([]int64, len(messages))
	for i, message := range messages {
		if _, err := q.bell(message.Lane); err != nil {
			return err
		}
		lanes[i], ids[i] = string(message.Lane), message.ID
	}
	for start := 0; start < len(messages); start += maxBatch {
		end := min(start+maxBatch, len(messages))
		if err := q.insert(ctx, lanes[start:end], ids[start:end]); err != nil {
			return err
		}
	}
	return nil
}

func (q *Queue) insert(ctx context.Context, lanes []string, ids []int64) error {
	return q.bounded(ctx, func(ctx context.Context) error {
		_, err := q.pool.Exec(ctx, `
			with sent as (
				insert into queue_messages (lane, message_id, sent_at, visible_at)
				select lane, message_id, clock_timestamp(), clock_timestamp()
				from unnest($1::text[], $2::bigint[]) as m(lane, message_id)
				returning lane)
			select pg_notify($3, lane) from (select distinct lane from sent) lanes`,
			lanes, ids, channel)
		return err
	})
}
