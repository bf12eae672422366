package floor

import (
	"context"
	"fmt"
	"time"
)

// Claim is the work of finding what is due and recording that it is queued.
type Claim struct {
	db DB
	// due is when the monitors that are due became so.
	due time.Time
}

// NewClaim prepares monitors, of which the first few are due.
func NewClaim(ctx context.Context, db DB, due, registered int) (*Claim, error) {
	if err := Setup(ctx, db); err != nil {
		return nil, err
	}
	c := &Claim{db: db, due: time.Now().Add(-time.Second)}
	const fill = `insert into monitors (name, next_search_at, next_due_at)
		with recursive r(i) as (select 1 union all select i + 1 from r where i < $1)
		select 'monitor ' || i, $2, $2 from r`
	if err := db.Do(ctx, Statement{fill, []any{due, at(db, c.due)}}); err != nil {
		return nil, err
	}
	if registered == due {
		return c, nil
	}
	const rest = `insert into monitors (name, next_search_at, next_due_at)
		with recursive r(i) as (select $3 + 1 union all select i + 1 from r where i < $1)
		select 'monitor ' || i, $2, $2 from r`
	return c, db.Do(ctx, Statement{rest, []any{registered, at(db, c.due.Add(24*time.Hour)), due}})
}

// Run queues everything that is due, a batch in each transaction: an execution for
// each monitor, and for each its own next time.
func (c *Claim) Run(ctx context.Context, due, batch int) error {
	now := at(c.db, time.Now())
	for claimed := 0; claimed < due; claimed += batch {
		err := c.db.Do(ctx,
			Statement{
				`insert into executions (monitor_id, status, queued_at)
					select id, 'queued', $1 from (select id from monitors where next_due_at <= $1 order by next_due_at, id limit $2 {skip}) due
					returning id, monitor_id`,
				[]any{now, batch},
			},
			Statement{
				`update monitors set next_due_at = null, next_search_at = r.next
					from {rows id bigint, next {time}} where monitors.id = r.id and next_due_at is not null`,
				[]any{c.nextTimes(claimed, min(claimed+batch, due))},
			},
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// nextTimes are rows for the monitors after the first few that were claimed
// already: they are claimed in the order of their ids.
func (c *Claim) nextTimes(from, to int) string {
	text := []byte{'['}
	for id := from + 1; id <= to; id++ {
		if id > from+1 {
			text = append(text, ',')
		}
		next := c.due.Add(time.Hour + time.Duration(id)*time.Second)
		if micros, ok := at(c.db, next).(int64); ok {
			text = fmt.Appendf(text, `{"id":%d,"next":%d}`, id, micros)
		} else {
			text = fmt.Appendf(text, `{"id":%d,"next":"%s"}`, id, next.UTC().Format(time.RFC3339Nano))
		}
	}
	return string(append(text, ']'))
}

// Again makes everything that was claimed due once more. It is not part of the work.
func (c *Claim) Again(ctx context.Context) error {
	return c.db.Do(ctx,
		Statement{"update monitors set next_search_at = $1, next_due_at = $1 where next_due_at is null", []any{at(c.db, c.due)}},
		Statement{"delete from executions", nil},
	)
}
