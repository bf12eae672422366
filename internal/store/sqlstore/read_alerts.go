package sqlstore

import (
	"context"
	"strings"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Alerts lists alerts, newest first or by priority.
func (s *Store) Alerts(ctx context.Context, f store.AlertFilter, page store.Page) ([]store.AlertView, error) {
	if f.ByPriority && f.Status != monitor.AlertActive {
		return nil, monitor.Errorf(monitor.CodeInvalid, "only active alerts can be listed by priority")
	}
	var where filter
	narrowAlerts(&where, &f)
	if f.Silenced != nil {
		if f.Now.IsZero() {
			f.Now = s.now()
		}
		if err := s.narrowToSilenced(ctx, &where, *f.Silenced, f.Now); err != nil {
			return nil, wrap(err, "read which alerts are silenced")
		}
	}
	order := "a.id desc"
	if f.ByPriority {
		order = "a.priority, a.id desc"
		continueByPriority(&where, page)
	} else {
		where.before("a.id", page.BeforeID)
	}
	views, err := s.alertViews(ctx, &where, order, page.Limit)
	return views, wrap(err, "list alerts")
}

// narrowAlerts narrows to what is asked of alerts a of monitors m, but for silences.
func narrowAlerts(where *filter, f *store.AlertFilter) {
	where.monitor("a.monitor_id", f.Monitor)
	where.named(f.Query)
	where.labelled("(select v.declaration from monitor_versions v where v.id = m.version_id)", f.Labels)
	switch f.Status {
	case "":
	case monitor.AlertActive:
		// As it stands in the indexes.
		where.plain("a.status = 'active'")
	default:
		where.add("a.status = %s", string(f.Status))
	}
	if len(f.Priorities) > 0 {
		args := make([]string, len(f.Priorities))
		for i, priority := range f.Priorities {
			args[i] = where.arg(int(priority))
		}
		where.plain("a.priority in (" + strings.Join(args, ", ") + ")")
	}
	if f.Locked != nil {
		where.add("a.locked = %s", *f.Locked)
	}
	if f.Acknowledged != nil {
		where.add("(a.acknowledged and a.acknowledge_priority <= a.priority) = %s", *f.Acknowledged)
	}
}

// continueByPriority continues a list of alerts a that is ordered by priority.
func continueByPriority(where *filter, page store.Page) {
	if page.BeforeID == 0 {
		return
	}
	priority, id := where.arg(int(page.AfterPriority)), where.arg(page.BeforeID)
	where.plain("(a.priority > " + priority + " or a.priority = " + priority + " and a.id < " + id + ")")
}

// Alert reads one alert.
func (s *Store) Alert(ctx context.Context, id int64) (store.AlertView, error) {
	var where filter
	where.add("a.id = %s", id)
	views, err := s.alertViews(ctx, &where, "a.id", 1)
	return only(views, err, "alert %d", id)
}

func (s *Store) alertViews(ctx context.Context, where *filter, order string, limit int) ([]store.AlertView, error) {
	var views []store.AlertView
	count := where.arg(limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.AlertView
		err := scanAlert(scan, &v.Alert, &v.ActiveIssues, &v.MonitorName, &v.Solvable)
		views = append(views, v)
		return err
	}, `select `+alertColumns+`, `+alertIssues+`, m.name, m.solvable
		from alerts a join monitors m on m.id = a.monitor_id`+where.where()+`
		order by `+order+` limit `+count, where.args...))
	return views, err
}
