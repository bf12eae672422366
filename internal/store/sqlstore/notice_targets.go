package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// TakeTarget takes a target that nobody has, or whose executor is gone.
func (s *Store) TakeTarget(ctx context.Context, executor string, limit int, now time.Time) (*store.TakenTarget, error) {
	var taken *store.TakenTarget
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		var err error
		taken, err = s.takeTarget(ctx, conn, executor, now)
		if err != nil || taken == nil {
			return err
		}
		return conn.Do(ctx,
			s.noticesInto(&taken.Notices, `select `+noticeColumns+` from notifications n
				where n.target = $1 and n.due_at <= $2 order by n.due_at, n.id limit $3`, taken.Target, now, limit),
			s.query(func(scan Scan) error { return scan(&taken.Due) },
				`select count(*) from notifications n where n.target = $1 and n.due_at <= $2`, taken.Target, now))
	})
	if err == nil && taken == nil {
		err = s.checkLease(ctx, executor, now)
	}
	return taken, wrap(err, "take a target of notifications")
}

// freeTarget tells whether a target may be told something at the time $1: nobody who
// is alive has it, and it wants to be left alone no longer. %s is its table.
const freeTarget = `(%[1]s.next_at is null or %[1]s.next_at <= $1)
	and not exists (select 1 from executors x where x.id = %[1]s.executor_id and x.lease_expires_at > $1)`

// takeTarget locks a target, and takes it if it is free still. Both are needed:
// PostgreSQL does not look at a "not exists" again for a row that somebody changed
// while it was about to be locked, so somebody else may just have taken it.
func (s *Store) takeTarget(ctx context.Context, conn Conn, executor string, now time.Time) (*store.TakenTarget, error) {
	var target string
	err := conn.Do(ctx, s.query(func(scan Scan) error { return scan(&target) }, `select t.target from notification_targets t
		where `+fmt.Sprintf(freeTarget, "t")+`
			and exists (select 1 from notifications n where n.target = t.target and n.due_at <= $1)
		order by (select min(n.due_at) from notifications n where n.target = t.target), t.target limit 1 {skip t}`, now))
	if err != nil || target == "" {
		return nil, err
	}
	var taken *store.TakenTarget
	err = conn.Do(ctx, s.query(func(scan Scan) error {
		taken = &store.TakenTarget{TargetState: store.TargetState{Target: target}}
		return scan(&taken.NextAt, &taken.WindowAt, &taken.Sent, &taken.ToldAt, &taken.Failures, &taken.Error)
	}, `update notification_targets set executor_id = $3
		where target = $2 and `+fmt.Sprintf(freeTarget, "notification_targets")+`
			and exists (select 1 from executors x where x.id = $3 and x.lease_expires_at > $1)
		returning next_at, window_at, sent, told_at, failures, error`, now, target, executor))
	return taken, err
}

// ReleaseTarget gives a target back.
func (s *Store) ReleaseTarget(ctx context.Context, executor string, t store.TargetState) error {
	release := s.exec(`update notification_targets
		set executor_id = null, next_at = $3, window_at = $4, sent = $5, told_at = $6, failures = $7, error = $8
		where target = $1 and executor_id = $2`,
		t.Target, executor, t.NextAt, t.WindowAt, t.Sent, t.ToldAt, t.Failures, storable(t.Error))
	release.Done = func(rows int64) error {
		if rows == 1 {
			return nil
		}
		return monitor.Errorf(monitor.CodeFenced, "target %s is no longer executor %s's", t.Target, executor)
	}
	return wrap(s.database.Write(ctx, release), "release target %s", t.Target)
}
