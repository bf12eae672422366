package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vedettehq/vedette/internal/queue"
)

// Receive returns messages in the order in which they were sent, as far as
// nobody else is just receiving them. The order of what comes again is kept too.
func (q *Queue) Receive(ctx context.Context, lane queue.Lane, limit int, wait time.Duration) ([]queue.Delivery, error) {
	bell, err := q.bell(lane)
	if err != nil {
		return nil, err
	}
	end := time.Now().Add(wait)
	for ctx.Err() == nil {
		rung := bell.next()
		found, err := q.look(ctx, lane, limit)
		if len(found) > 0 || err != nil {
			return found, err
		}
		left := time.Until(end)
		woken := q.await(ctx, rung, min(left, q.config.Poll))
		if left <= 0 || left <= q.config.Poll && !woken {
			// A last look would be one that the next call makes anyway.
			break
		}
	}
	return nil, context.Cause(ctx)
}

// await returns at the bell (true), when the time has passed, when ctx ends or
// when the queue is closed: the next look then says so.
func (q *Queue) await(ctx context.Context, rung <-chan struct{}, wait time.Duration) (woken bool) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-rung:
		return true
	case <-q.done:
		return true
	case <-ctx.Done():
	case <-timer.C:
	}
	return false
}

// receipt names one receiving of a message: a message that came again since is
// somebody else's.
type receipt struct {
	lane     queue.Lane
	id       int64
	receives int32
}

// lookSQL takes up to $2 messages of lane $1 and hides them for $3 microseconds.
//
// What is due is found once and kept. A subquery in its place may be asked again
// for each row of the table, if the planner takes that for nearly empty, and each
// time pass over what the statement has hidden already: more rows than the limit.
const lookSQL = `
	with due as materialized (select lane, id from queue_messages
		where lane = $1::text and visible_at <= clock_timestamp()
		order by id limit $2::bigint for update skip locked)
	update queue_messages m
	set visible_at = clock_timestamp() + $3::bigint * interval '1 microsecond', receives = receives + 1
	from due
	where m.lane = due.lane and m.id = due.id
	returning m.id, m.message_id, m.receives`

// look takes up to limit messages and hides them.
func (q *Queue) look(ctx context.Context, lane queue.Lane, limit int) (found []queue.Delivery, err error) {
	err = q.bounded(ctx, func(ctx context.Context) error {
		rows, err := q.pool.Query(ctx, lookSQL, string(lane), limit, q.config.Visibility.Microseconds())
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (queue.Delivery, error) {
			r := receipt{lane: lane}
			message := queue.Message{Lane: lane}
			err := row.Scan(&r.id, &message.ID, &r.receives)
			if r.receives > 1 {
				q.metrics.Redeliveries.WithLabelValues(string(lane)).Inc()
			}
			return q.delivery(message, r), err
		})
		return err
	})
	return found, err
}

func (q *Queue) delivery(message queue.Message, r receipt) queue.Delivery {
	return queue.Delivery{
		Message: message,
		Ack:     func(ctx context.Context) error { return q.acks.Do(ctx, r) },
		Extend:  func(ctx context.Context, by time.Duration) error { return q.extend(ctx, r, by) },
	}
}

// remove acknowledges. A message that came again since stays: somebody else may
// be about to act on it.
func (q *Queue) remove(ctx context.Context, receipts []receipt) []error {
	lanes := make([]string, len(receipts))
	ids := make([]int64, len(receipts))
	receives := make([]int32, len(receipts))
	for i, r := range receipts {
		lanes[i], ids[i], receives[i] = string(r.lane), r.id, r.receives
	}
	_, err := q.pool.Exec(ctx, `
		delete from queue_messages m
		using unnest($1::text[], $2::bigint[], $3::integer[]) as r(lane, id, receives)
		where m.lane = r.lane and m.id = r.id and m.receives = r.receives`, lanes, ids, receives)
	errs := make([]error, len(receipts))
	for i := range errs {
		errs[i] = q.translate(err)
	}
	return errs
}

// extend does nothing for a message that came again meanwhile.
func (q *Queue) extend(ctx context.Context, r receipt, by time.Duration) error {
	return q.bounded(ctx, func(ctx context.Context) error {
		_, err := q.pool.Exec(ctx, `
			update queue_messages set visible_at = clock_timestamp() + $4::bigint * interval '1 microsecond'
			where lane = $1::text and id = $2::bigint and receives = $3::integer`,
			string(r.lane), r.id, r.receives, by.Microseconds())
		return err
	})
}
