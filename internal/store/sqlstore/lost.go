package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// EndLost ends the executions of executors that are gone, and opens the
// deliveries that they had taken.
func (s *Store) EndLost(ctx context.Context, now time.Time, own string) ([]store.Lost, error) {
	var lost []store.Lost
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		lost = nil
		found, err := s.lockAbandoned(ctx, conn, now, own)
		if err != nil || len(found) == 0 {
			return err
		}
		lost, err = s.endAbandoned(ctx, conn, found, now)
		return err
	})
	return lost, wrap(err, "end lost executions")
}

// abandoned is a running execution whose executor is gone, with its monitor.
type abandoned struct {
	store.Lost
	schedule
	tasks     monitor.Tasks
	lostCount int
}

// lockAbandoned locks the monitors of abandoned executions. One that is locked
// now is being changed, and is found by the next sweep if need be.
func (s *Store) lockAbandoned(ctx context.Context, conn Conn, now time.Time, own string) (map[int64]*abandoned, error) {
	found := map[int64]*abandoned{}
	err := conn.Do(ctx,
		s.exec(`delete from executors where lease_expires_at <= $1 and id <> $2`, now, own),
		s.exec(freeDeliveriesSQL, now),
		s.query(func(scan Scan) error {
			a := &abandoned{}
			if err := scanSchedule(scan, &a.schedule, &a.ExecutionID, &a.ExecutorID, (*uint8)(&a.tasks), &a.Monitor, &a.lostCount); err != nil {
				return err
			}
			found[a.ExecutionID] = a
			return nil
		}, `select `+scheduleColumns+`, e.id, e.executor_id, e.tasks, m.name, m.lost_count
			from executions e join monitors m on m.id = e.monitor_id
			where e.status = 'running' and e.executor_id <> $1
				and not exists (select 1 from executors x where x.id = e.executor_id)
			order by m.id {skip m}`, own))
	return found, err
}

// endAbandoned ends the executions that are still running now that their monitors
// are locked, and schedules their monitors again.
func (s *Store) endAbandoned(ctx context.Context, conn Conn, found map[int64]*abandoned, now time.Time) ([]store.Lost, error) {
	ended, err := s.markLost(ctx, conn, found, now)
	if err != nil {
		return nil, err
	}
	lost := make([]store.Lost, 0, len(ended))
	rows := s.rows(func(batch string, n int) error {
		return conn.Do(ctx, s.exec(`update monitors set
				lost_count = lost_count + 1, last_execution_id = r.execution_id, last_proven = false,
				next_search_at = r.next_search_at, next_update_at = r.next_update_at,
				next_due_at = case when enabled and archived_at is null then cast(r.due_at as {time}) end
			from {rows $1 r id bigint, execution_id bigint, next_search_at time, next_update_at time, due_at time}
			where monitors.id = r.id`, batch).affecting(n, "monitors of lost executions"))
	})
	for _, id := range ended {
		a := found[id]
		a.putOff(now)
		lost = append(lost, a.Lost)
		rows.int("id", a.monitorID)
		rows.int("execution_id", id)
		rows.time("next_search_at", a.NextSearchAt)
		rows.time("next_update_at", a.NextUpdateAt)
		rows.time("due_at", earliest(a.NextSearchAt, a.NextUpdateAt))
		if err := rows.end(); err != nil {
			return nil, err
		}
	}
	return lost, rows.flush()
}

func (s *Store) markLost(ctx context.Context, conn Conn, found map[int64]*abandoned, now time.Time) ([]int64, error) {
	var ended []int64
	rows := s.rows(func(batch string, _ int) error {
		return conn.Do(ctx, s.query(func(scan Scan) error {
			var id int64
			err := scan(&id)
			ended = append(ended, id)
			return err
		}, `update executions set status = 'lost', finished_at = $2, report = r.report
			from {rows $1 r id bigint, executor_id text, report json}
			where executions.id = r.id and `+opaque(`executions.status = 'running' and executions.executor_id = r.executor_id`)+`
			returning executions.id`, batch, now))
	})
	for id, a := range found {
		report, _, err := splitReport(monitor.Report{Error: "executor " + a.ExecutorID + " is gone"})
		if err != nil {
			return nil, err
		}
		rows.int("id", id)
		rows.text("executor_id", a.ExecutorID)
		rows.json("report", monitor.Data(report))
		if err := rows.end(); err != nil {
			return nil, err
		}
	}
	return ended, rows.flush()
}

// putOff makes the lost tasks due again with the backoff of R74.
func (a *abandoned) putOff(now time.Time) {
	a.DueAt = now.Add(backoff(a.lostCount))
	if a.tasks.Has(monitor.TaskSearch) {
		a.NextSearchAt = a.DueAt
	}
	if a.tasks.Has(monitor.TaskUpdate) {
		a.NextUpdateAt = a.DueAt
	}
}

// backoff is how long a monitor waits after an executor was lost with it, having
// been lost with it so many times in a row before: 0, 1, 2, 4 ... 60 minutes.
func backoff(before int) time.Duration {
	switch {
	case before == 0:
		return 0
	case before > 6:
		return time.Hour
	}
	return time.Minute << (before - 1)
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
