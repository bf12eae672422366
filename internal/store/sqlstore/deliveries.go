package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// freeDeliveriesSQL opens what executors that are gone had taken. It counts as an
// attempt that failed: a reaction that takes its process down must not do so forever.
// Who is gone is found first and then compared, because PostgreSQL does not look at a
// "not exists" again for a row that somebody else has freed, and taken, meanwhile.
const freeDeliveriesSQL = `update deliveries
	set status = 'open', executor_id = null, attempts = attempts + 1, error = 'executor ' || executor_id || ' is gone'
	from (select distinct t.executor_id as name from deliveries t where t.status = 'taken'
		and not exists (select 1 from executors x where x.id = t.executor_id and x.lease_expires_at > $1)) gone
	where status = 'taken' and executor_id = gone.name`

// deliverable tells whether deliveries d may be made by the time $1: it is the
// first that is open for its target and alert or issue (R81), and none is being
// made, as a later one may be when this was dead and is opened again. Deliveries about one
// of these come from one monitor, under whose lock ids are taken, so none with a
// smaller id can commit later (R85).
const deliverable = `d.status = 'open' and d.due_at <= $1 and not exists (select 1 from deliveries p
	where p.source_id = d.source_id and p.source = d.source and p.target = d.target
		and p.status in ('open', 'taken') and (p.id < d.id or p.status = 'taken'))`

// TakeDeliveries takes due deliveries of the monitor whose turn it is.
func (s *Store) TakeDeliveries(ctx context.Context, executor string, except []int64, limit int, now time.Time) ([]monitor.Delivery, error) {
	var deliveries []monitor.Delivery
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		deliveries = nil
		ids, err := s.lockDeliveries(ctx, conn, except, limit, now)
		if err != nil || len(ids) == 0 {
			return err
		}
		deliveries, err = s.takeDeliveries(ctx, conn, executor, ids, now)
		return err
	})
	if err == nil && len(deliveries) == 0 {
		err = s.checkLease(ctx, executor, now)
	}
	return deliveries, wrap(err, "take deliveries")
}

// lockDeliveries chooses the deliveries to take.
func (s *Store) lockDeliveries(ctx context.Context, conn Conn, except []int64, limit int, now time.Time) ([]int64, error) {
	excepted, err := s.idRows(except)
	if err != nil {
		return nil, err
	}
	var monitorID int64
	err = conn.Do(ctx,
		s.exec(freeDeliveriesSQL, now),
		s.query(func(scan Scan) error { return scan(&monitorID) }, `select d.monitor_id from deliveries d
			where `+deliverable+` and d.monitor_id not in (select r.id from {rows $2 r id bigint})
			order by d.due_at, d.id limit 1`, now, excepted))
	if err != nil || monitorID == 0 {
		return nil, err
	}
	var ids []int64
	err = conn.Do(ctx, s.query(idsInto(&ids), `select d.id from deliveries d
		where d.monitor_id = $2 and `+deliverable+`
		order by d.due_at, d.id limit $3 {skip d}`, now, monitorID, limit))
	return ids, err
}

func (s *Store) takeDeliveries(ctx context.Context, conn Conn, executor string, ids []int64, now time.Time) ([]monitor.Delivery, error) {
	chosen, err := s.idRows(ids)
	if err != nil {
		return nil, err
	}
	var deliveries []monitor.Delivery
	err = conn.Do(ctx,
		s.exec(`update deliveries set status = 'taken', executor_id = $2
			where id in (select r.id from {rows $1 r id bigint}) and status = 'open'
				and exists (select 1 from executors x where x.id = $2 and x.lease_expires_at > $3)`, chosen, executor, now),
		s.query(func(scan Scan) error {
			var d monitor.Delivery
			err := scanEvent(scan, &d.Event, &d.ID, &d.Target, &d.VersionID, &d.Attempts, &d.DueAt)
			deliveries = append(deliveries, d)
			return err
		}, `select `+eventColumns+`, d.id, d.target, coalesce(m.version_id, 0), d.attempts, d.due_at
			from {rows $1 r id bigint} join deliveries d on d.id = r.id
				join events v on v.id = d.event_id join monitors m on m.id = d.monitor_id
			where d.status = 'taken' and d.executor_id = $2
			order by r.ord`, chosen, executor))
	return deliveries, err
}

// idRows are ids as rows of one batch.
func (s *Store) idRows(ids []int64) (string, error) {
	batch := "[]"
	rows := s.rows(func(rows string, _ int) error {
		batch = rows
		return nil
	})
	for _, id := range ids {
		rows.int("id", id)
		if err := rows.end(); err != nil {
			return "", err
		}
	}
	return batch, rows.flush()
}

// SettleDelivery ends a delivery that the executor has taken. What is done is
// removed; what is dead stays to be seen.
func (s *Store) SettleDelivery(ctx context.Context, id int64, executor, failure string, retryAt, now time.Time) error {
	var settle *Statement
	switch {
	case failure == "":
		settle = s.exec(`delete from deliveries where id = $1 and status = 'taken' and executor_id = $2`, id, executor)
	case retryAt.IsZero():
		settle = s.exec(`update deliveries set status = 'dead', executor_id = null, attempts = attempts + 1, error = $3, due_at = $4
			where id = $1 and status = 'taken' and executor_id = $2`, id, executor, storable(failure), now)
	default:
		settle = s.exec(`update deliveries set status = 'open', executor_id = null, attempts = attempts + 1, error = $3, due_at = $4
			where id = $1 and status = 'taken' and executor_id = $2`, id, executor, storable(failure), retryAt)
	}
	settle.Done = func(rows int64) error {
		if rows == 1 {
			return nil
		}
		return monitor.Errorf(monitor.CodeFenced, "delivery %d is no longer executor %s's", id, executor)
	}
	return wrap(s.database.Write(ctx, settle), "settle delivery %d", id)
}
