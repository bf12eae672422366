package sqlstore

import (
	"context"
	"errors"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// unreadableRetry is when a task is due again whose cron this binary cannot read:
// it may come from a newer one.
const unreadableRetry = time.Hour

// ClaimDue queues executions of the monitors that are due. They are found through
// the index on next_due_at, which stops at the limit whatever exists besides; the
// database checks the condition again on the rows it has locked (R72).
func (s *Store) ClaimDue(ctx context.Context, now time.Time, zone *time.Location, limit int) ([]int64, error) {
	var ids []int64
	var unreadable error
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		due, err := s.lockDue(ctx, conn, now, limit)
		if err != nil || len(due) == 0 {
			ids = nil
			return err
		}
		unreadable = advance(due, newCrons(zone), now)
		ids, err = s.queueDue(ctx, conn, due, now)
		return err
	})
	if err != nil {
		return nil, wrap(err, "claim due monitors")
	}
	return ids, wrap(unreadable, "claim due monitors")
}

// claim is a due monitor with the tasks to do.
type claim struct {
	schedule
	tasks monitor.Tasks
}

func (s *Store) lockDue(ctx context.Context, conn Conn, now time.Time, limit int) ([]claim, error) {
	var due []claim
	err := conn.Do(ctx, s.query(func(scan Scan) error {
		var c claim
		if err := scanSchedule(scan, &c.schedule); err != nil {
			return err
		}
		c.tasks = c.due(now)
		due = append(due, c)
		return nil
	}, `select `+scheduleColumns+` from monitors m
		where m.next_due_at is not null and m.next_due_at <= $1
		order by m.next_due_at, m.id limit $2 {skip m}`, now, limit))
	return due, err
}

// advance sets the next times of the due tasks, once however many times were
// missed (R71). A cron that cannot be read stops nobody else: its task is put off,
// and the error returned.
func advance(due []claim, crons *crons, now time.Time) error {
	var unreadable []error
	next := func(c *claim, expression string) time.Time {
		at, err := crons.next(expression, now)
		if err != nil {
			unreadable = append(unreadable, wrap(err, "monitor %d", c.monitorID))
			return now.Add(unreadableRetry)
		}
		return at
	}
	for i := range due {
		c := &due[i]
		if c.tasks.Has(monitor.TaskSearch) {
			c.NextSearchAt, c.lastSearchAt = next(c, c.searchCron), now
		}
		if c.tasks.Has(monitor.TaskUpdate) {
			c.NextUpdateAt, c.lastUpdateAt = next(c, c.updateCron), now
		}
	}
	return errors.Join(unreadable...)
}

// queueDue writes the claims and creates their executions. Ids ascend in the
// order of the rows.
func (s *Store) queueDue(ctx context.Context, conn Conn, due []claim, now time.Time) ([]int64, error) {
	var ids []int64
	queue := &pipeline{conn: conn}
	rows := s.rows(func(batch string, n int) error {
		return queue.add(ctx, s.exec(`update monitors set next_due_at = null,
				next_search_at = r.next_search_at, next_update_at = r.next_update_at,
				last_search_at = r.last_search_at, last_update_at = r.last_update_at
			from {rows $1 r id bigint, next_search_at time, next_update_at time, last_search_at time, last_update_at time}
			where monitors.id = r.id`, batch).affecting(n, "claimed monitors"),
			s.query(func(scan Scan) error {
				var id int64
				err := scan(&id)
				ids = append(ids, id)
				return err
			}, `insert into executions (monitor_id, tasks, status, queued_at)
				select r.id, r.tasks, 'queued', cast($2 as {time}) from {rows $1 r id bigint, tasks int}
				order by r.ord
				returning id`, batch, now).affecting(n, "queued executions"))
	})
	for i := range due {
		c := &due[i]
		rows.int("id", c.monitorID)
		rows.int("tasks", int64(c.tasks))
		rows.time("next_search_at", c.NextSearchAt)
		rows.time("next_update_at", c.NextUpdateAt)
		rows.time("last_search_at", c.lastSearchAt)
		rows.time("last_update_at", c.lastUpdateAt)
		if err := rows.end(); err != nil {
			return nil, err
		}
	}
	if err := rows.flush(); err != nil {
		return nil, err
	}
	return ids, queue.flush(ctx)
}
