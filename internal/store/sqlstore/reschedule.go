package sqlstore

import (
	"context"
	"time"
)

// rescheduleBatch is how many monitors are locked at a time.
const rescheduleBatch = 1000

// Reschedule recomputes next times that were meant in another zone.
func (s *Store) Reschedule(ctx context.Context, now time.Time, zone *time.Location) (int, error) {
	crons, total := newCrons(zone), 0
	for {
		var n int
		err := s.transact(ctx, Turn{}, func(conn Conn) error {
			var err error
			n, err = s.rescheduleSome(ctx, conn, crons, now)
			return err
		})
		if err != nil {
			return total, wrap(err, "reschedule for time zone %s", zone)
		}
		if total += n; n < rescheduleBatch {
			return total, nil
		}
	}
}

func (s *Store) rescheduleSome(ctx context.Context, conn Conn, crons *crons, now time.Time) (int, error) {
	var moved []schedule
	err := conn.Do(ctx, s.query(func(scan Scan) error {
		var c schedule
		err := scanSchedule(scan, &c)
		moved = append(moved, c)
		return err
	}, `select `+scheduleColumns+` from monitors m
		where m.time_zone <> $1 and m.archived_at is null order by m.id limit $2 {lock m}`, crons.zone.String(), rescheduleBatch))
	if err != nil || len(moved) == 0 {
		return 0, err
	}
	rows := s.rows(func(batch string, n int) error {
		return conn.Do(ctx, s.exec(`update monitors set time_zone = $2,
				next_search_at = r.next_search_at, next_update_at = r.next_update_at,
				next_due_at = case when next_due_at is not null then cast(r.due_at as {time}) end
			from {rows $1 r id bigint, next_search_at time, next_update_at time, due_at time}
			where monitors.id = r.id`, batch, crons.zone.String()).affecting(n, "rescheduled monitors"))
	})
	for i := range moved {
		c := &moved[i]
		if err := c.recompute(crons, now); err != nil {
			return 0, err
		}
		rows.int("id", c.monitorID)
		rows.time("next_search_at", c.NextSearchAt)
		rows.time("next_update_at", c.NextUpdateAt)
		rows.time("due_at", earliest(c.NextSearchAt, c.NextUpdateAt))
		if err := rows.end(); err != nil {
			return 0, err
		}
	}
	return len(moved), rows.flush()
}

// recompute sets the next times anew, but for tasks that are due already.
func (c *schedule) recompute(crons *crons, now time.Time) error {
	for _, task := range []struct {
		next *time.Time
		cron string
	}{{&c.NextSearchAt, c.searchCron}, {&c.NextUpdateAt, c.updateCron}} {
		if isDue(*task.next, now) {
			continue
		}
		next, err := crons.next(task.cron, now)
		if err != nil {
			return wrap(err, "monitor %d", c.monitorID)
		}
		*task.next = next
	}
	return nil
}
