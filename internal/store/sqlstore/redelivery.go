package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Deliveries lists deliveries, newest first.
func (s *Store) Deliveries(ctx context.Context, f store.DeliveryFilter, page store.Page) ([]store.DeliveryView, error) {
	var where filter
	where.monitor("d.monitor_id", f.Monitor)
	if f.Status != "" {
		// As it stands in the indexes: there are few statuses.
		where.plain("d.status = '" + string(f.Status) + "'")
	}
	where.before("d.id", page.BeforeID)
	var views []store.DeliveryView
	count := where.arg(page.Limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.DeliveryView
		err := scanEvent(scan, &v.Event, &v.ID, &v.Target, &v.VersionID, &v.Attempts, &v.DueAt, (*string)(&v.Status), &v.Failure)
		views = append(views, v)
		return err
	}, `select `+eventColumns+`, d.id, d.target, coalesce(m.version_id, 0), d.attempts, d.due_at, d.status, d.error
		from deliveries d join events v on v.id = d.event_id join monitors m on m.id = d.monitor_id`+where.where()+`
		order by d.id desc limit `+count, where.args...))
	return views, wrap(err, "list deliveries")
}

// Redeliver makes dead deliveries open again. They keep their ids, and with them
// their place before what is open of the same alert or issue (R81).
func (s *Store) Redeliver(ctx context.Context, which store.Redelivery, now time.Time) (int, error) {
	var opened int
	err := s.transact(ctx, patient, func(conn Conn) error {
		var err error
		switch {
		case len(which.Events) > 0:
			opened, err = s.redeliverEvents(ctx, conn, which.Events, now)
		case which.Monitor != "":
			opened, err = s.redeliverMonitor(ctx, conn, which.Monitor, now)
		default:
			opened, err = s.redeliver(ctx, conn, "", now)
		}
		return err
	})
	return opened, wrap(err, "redeliver")
}

// redeliver opens the dead deliveries that fulfil a condition, in which $1 is the
// time.
func (s *Store) redeliver(ctx context.Context, conn Conn, condition string, args ...any) (int, error) {
	var opened int64
	err := conn.Do(ctx, s.exec(`update deliveries set status = 'open', attempts = 0, due_at = $1
		where status = 'dead'`+condition, args...).counting(&opened))
	return int(opened), err
}

func (s *Store) redeliverMonitor(ctx context.Context, conn Conn, name string, now time.Time) (int, error) {
	var id int64
	err := conn.Do(ctx, s.query(func(scan Scan) error { return scan(&id) },
		`select n.id from monitors n where n.name = $1 order by n.archived_at is not null, n.id desc limit 1`, name).
		found("monitor %q does not exist", name))
	if err != nil {
		return 0, err
	}
	return s.redeliver(ctx, conn, ` and monitor_id = $2`, now, id)
}

func (s *Store) redeliverEvents(ctx context.Context, conn Conn, events []int64, now time.Time) (int, error) {
	rows, err := s.idRows(events)
	if err != nil {
		return 0, err
	}
	var missing int64
	err = conn.Do(ctx, s.query(func(scan Scan) error { return scan(&missing) },
		`select r.id from {rows $1 r id bigint}
			where not exists (select 1 from deliveries d where d.event_id = r.id and d.status = 'dead')
			order by r.ord limit 1`, rows))
	switch {
	case err != nil:
		return 0, err
	case missing != 0:
		return 0, monitor.Errorf(monitor.CodeNotFound, "event %d has no delivery that was given up", missing)
	}
	return s.redeliver(ctx, conn, ` and event_id in (select r.id from {rows $2 r id bigint})`, now, rows)
}
