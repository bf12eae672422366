package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/vedettehq/vedette/internal/queue"
)

var _ queue.Measured = (*Queue)(nil)

// maxCounted is where counting stops: more messages than that are said to be so
// many.
const maxCounted = 100_000

// measureSQL reads of each lane $1 no more than $2 rows. Ids ascend with the time
// of sending, so the first row is the oldest.
const measureSQL = `
	select l.name,
		(select count(*) from (select from queue_messages m where m.lane = l.name limit $2::bigint) counted),
		coalesce((select cast(extract(epoch from clock_timestamp() - m.sent_at) * 1000000 as bigint)
			from queue_messages m where m.lane = l.name order by m.id limit 1), 0)
	from unnest($1::text[]) as l(name)`

// Measure counts up to [maxCounted].
func (q *Queue) Measure(ctx context.Context) (map[queue.Lane]queue.Depth, error) {
	lanes := make([]string, 0, len(q.bells))
	for lane := range q.bells {
		lanes = append(lanes, string(lane))
	}
	depths := make(map[queue.Lane]queue.Depth, len(lanes))
	err := q.bounded(ctx, func(ctx context.Context) error {
		rows, err := q.pool.Query(ctx, measureSQL, lanes, maxCounted)
		if err != nil {
			return err
		}
		var lane string
		var count, age int64
		_, err = pgx.ForEachRow(rows, []any{&lane, &count, &age}, func() error {
			depths[queue.Lane(lane)] = queue.Depth{Messages: int(count), Oldest: time.Duration(max(age, 0)) * time.Microsecond}
			return nil
		})
		return err
	})
	return depths, err
}
