package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Alerts lists alerts, newest first.
func (s *Store) Alerts(ctx context.Context, f store.AlertFilter, page store.Page) ([]store.AlertView, error) {
	var where filter
	where.monitor("a.monitor_id", f.Monitor)
	switch f.Status {
	case "":
	case monitor.AlertActive:
		// As it stands in the indexes.
		where.plain("a.status = 'active'")
	default:
		where.add("a.status = %s", string(f.Status))
	}
	if f.Priority != 0 {
		where.add("a.priority = %s", int(f.Priority))
	}
	if f.Acknowledged != nil {
		where.add("(a.acknowledged and a.acknowledge_priority <= a.priority) = %s", *f.Acknowledged)
	}
	if f.Silenced != nil {
		if f.Now.IsZero() {
			f.Now = s.now()
		}
		if err := s.narrowToSilenced(ctx, &where, *f.Silenced, f.Now); err != nil {
			return nil, wrap(err, "read which alerts are silenced")
		}
	}
	where.before("a.id", page.BeforeID)
	views, err := s.alertViews(ctx, &where, page.Limit)
	return views, wrap(err, "list alerts")
}

// Alert reads one alert.
func (s *Store) Alert(ctx context.Context, id int64) (store.AlertView, error) {
	var where filter
	where.add("a.id = %s", id)
	views, err := s.alertViews(ctx, &where, 1)
	return only(views, err, "alert %d", id)
}

func (s *Store) alertViews(ctx context.Context, where *filter, limit int) ([]store.AlertView, error) {
	var views []store.AlertView
	count := where.arg(limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.AlertView
		err := scanAlert(scan, &v.Alert, &v.ActiveIssues, &v.MonitorName, &v.Solvable)
		views = append(views, v)
		return err
	}, `select `+alertColumns+`, `+alertIssues+`, m.name, m.solvable
		from alerts a join monitors m on m.id = a.monitor_id`+where.where()+`
		order by a.id desc limit `+count, where.args...))
	return views, err
}
