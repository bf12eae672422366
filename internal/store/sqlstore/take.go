package sqlstore

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Take makes a queued execution running in the executor's name. It locks only
// the execution: whoever changes the monitor meanwhile finds it either queued or
// running.
func (s *Store) Take(ctx context.Context, executor string, hint int64, now time.Time) (*store.Taken, error) {
	for {
		taken, enabled, err := s.take(ctx, executor, hint, now)
		if err != nil {
			return nil, wrap(err, "take an execution")
		}
		if taken == nil {
			return nil, wrap(s.checkLease(ctx, executor, now), "take an execution")
		}
		if enabled {
			return taken, nil
		}
		cancelled, err := s.cancelDisabled(ctx, taken.Fence, now)
		if err != nil {
			return nil, wrap(err, "cancel execution %d of a disabled monitor", taken.Fence.ExecutionID)
		}
		if !cancelled {
			return taken, nil
		}
	}
}

func (s *Store) take(ctx context.Context, executor string, hint int64, now time.Time) (*store.Taken, bool, error) {
	var taken *store.Taken
	var enabled bool
	token := rand.Text()
	row := func(scan Scan) error {
		t := store.Taken{Fence: monitor.Fence{ExecutorID: executor, Token: token}}
		if err := scan(&t.Execution.ID, &t.Execution.MonitorID, &t.VersionID, (*uint8)(&t.Execution.Tasks), &t.Execution.QueuedAt, &t.MonitorName, &enabled); err != nil {
			return err
		}
		t.Execution.VersionID = t.VersionID
		t.Execution.Status = monitor.ExecutionRunning
		t.Execution.StartedAt = now
		t.Fence.ExecutionID, t.Fence.MonitorID = t.Execution.ID, t.Execution.MonitorID
		taken = &t
		return nil
	}
	err := s.database.Write(ctx, s.query(row, `update executions
		set status = 'running', executor_id = $1, token = $2, started_at = $3,
			version_id = (select m.version_id from monitors m where m.id = executions.monitor_id)
		where id = coalesce(
				(select e.id from executions e where e.id = $4 and e.status = 'queued' {skip e}),
				(select e.id from executions e where e.status = 'queued' order by e.id limit 1 {skip e}))
			and status = 'queued'
			and exists (select 1 from executors x where x.id = $1 and x.lease_expires_at > $3)
		returning id, monitor_id, version_id, tasks, queued_at,
			(select m.name from monitors m where m.id = executions.monitor_id),
			(select m.enabled and m.archived_at is null from monitors m where m.id = executions.monitor_id)`,
		executor, token, now, hint))
	return taken, enabled, err
}

// cancelDisabled ends an execution that was taken although its monitor had been
// disabled (R64), which happens when it was handed back after that. It tells
// whether it did: the monitor may have been enabled again.
func (s *Store) cancelDisabled(ctx context.Context, fence monitor.Fence, now time.Time) (bool, error) {
	cancelled := false
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		var enabled bool
		if err := conn.Do(ctx, s.query(func(scan Scan) error { return scan(&enabled) },
			`select m.enabled and m.archived_at is null from monitors m where m.id = $1 {lock m}`, fence.MonitorID)); err != nil {
			return err
		}
		cancelled = !enabled
		if enabled {
			return nil
		}
		return conn.Do(ctx, s.exec(`update executions set status = 'cancelled', finished_at = $3
			where id = $1 and status = 'running' and token = $2`, fence.ExecutionID, fence.Token, now))
	})
	return cancelled, err
}

// HandBack makes running executions queued again. Their monitors stay busy, so
// that nothing but the executions changes.
func (s *Store) HandBack(ctx context.Context, fences []monitor.Fence) error {
	rows := s.rows(func(batch string, _ int) error {
		return s.database.Write(ctx, s.exec(`update executions
			set status = 'queued', executor_id = null, token = null, started_at = null, version_id = null
			from {rows $1 r id bigint, token text}
			where executions.id = r.id and `+opaque(`executions.token = r.token and executions.status = 'running'`), batch))
	})
	for _, fence := range fences {
		rows.int("id", fence.ExecutionID)
		rows.text("token", fence.Token)
		if err := rows.end(); err != nil {
			return wrap(err, "hand executions back")
		}
	}
	return wrap(rows.flush(), "hand executions back")
}
