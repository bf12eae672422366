package sqlstore

import (
	"context"
	"errors"
	"time"
)

// rescheduleBatch is how many monitors are locked at a time.
const rescheduleBatch = 1000

// Reschedule recomputes next times that were meant in another zone.
func (s *Store) Reschedule(ctx context.Context, now time.Time, zone *time.Location) (int, error) {
	crons, total := newCrons(zone), 0
	var unreadable []error
	for {
		var moved []schedule
		var faults error
		err := s.transact(ctx, Turn{}, func(conn Conn) error {
			var err error
			if moved, err = s.lockMoved(ctx, conn, zone); err != nil {
				return err
			}
			faults = recompute(moved, crons, now)
			return s.moveTo(ctx, conn, zone, moved)
		})
		if err != nil {
			return total, wrap(err, "reschedule for time zone %s", zone)
		}
		unreadable = append(unreadable, faults)
		if total += len(moved); len(moved) < rescheduleBatch {
			return total, wrap(errors.Join(unreadable...), "reschedule for time zone %s", zone)
		}
	}
}

// lockMoved locks monitors whose next times are meant in another zone.
func (s *Store) lockMoved(ctx context.Context, conn Conn, zone *time.Location) ([]schedule, error) {
	var moved []schedule
	err := conn.Do(ctx, s.query(func(scan Scan) error {
		var c schedule
		err := scanSchedule(scan, &c)
		moved = append(moved, c)
		return err
	}, `select `+scheduleColumns+` from monitors m
		where m.time_zone <> $1 and m.archived_at is null order by m.id limit $2 {lock m}`, zone.String(), rescheduleBatch))
	return moved, err
}

// moveTo writes next times that are meant in the zone.
func (s *Store) moveTo(ctx context.Context, conn Conn, zone *time.Location, moved []schedule) error {
	rows := s.rows(func(batch string, n int) error {
		return conn.Do(ctx, s.exec(`update monitors set time_zone = $2,
				next_search_at = r.next_search_at, next_update_at = r.next_update_at,
				next_due_at = case when next_due_at is not null then cast(r.due_at as {time}) end
			from {rows $1 r id bigint, next_search_at time, next_update_at time, due_at time}
			where monitors.id = r.id`, batch, zone.String()).affecting(n, "rescheduled monitors"))
	})
	for i := range moved {
		c := &moved[i]
		rows.int("id", c.monitorID)
		rows.time("next_search_at", c.NextSearchAt)
		rows.time("next_update_at", c.NextUpdateAt)
		rows.time("due_at", earliest(c.NextSearchAt, c.NextUpdateAt))
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// recompute sets next times anew, but for tasks that are due already. A cron that
// cannot be read stops nobody else: its task keeps its time, and the error is
// returned.
func recompute(moved []schedule, crons *crons, now time.Time) error {
	var unreadable []error
	again := func(c *schedule, cron string, old time.Time) time.Time {
		if isDue(old, now) {
			return old
		}
		next, err := crons.next(cron, now)
		if err != nil {
			unreadable = append(unreadable, wrap(err, "monitor %d", c.monitorID))
			return old
		}
		return next
	}
	for i := range moved {
		c := &moved[i]
		c.NextSearchAt = again(c, c.searchCron, c.NextSearchAt)
		c.NextUpdateAt = again(c, c.updateCron, c.NextUpdateAt)
	}
	return errors.Join(unreadable...)
}
