package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Monitors lists the monitors that are not archived, by name, without their
// documentation.
func (s *Store) Monitors(ctx context.Context, f store.MonitorFilter, page store.Page) ([]store.MonitorView, error) {
	if f.Now.IsZero() {
		f.Now = s.now()
	}
	var where filter
	overdue := where.arg(f.Now.Add(-overdueAfter))
	where.plain("m.archived_at is null")
	where.named(f.Query)
	if f.Enabled != nil {
		where.add("m.enabled = %s", *f.Enabled)
	}
	if f.Health != "" {
		where.add(healthOf(overdue)+" = %s", string(f.Health))
	}
	where.labelled("v.declaration", f.Labels)
	if page.AfterName != "" {
		where.add("m.name > %s", page.AfterName)
	}
	views, err := s.monitorViews(ctx, &where, overdue, page.Limit, `''`)
	return views, wrap(err, "list monitors")
}

// Monitor reads one monitor with its documentation.
func (s *Store) Monitor(ctx context.Context, name string) (store.MonitorView, error) {
	var where filter
	overdue := where.arg(s.now().Add(-overdueAfter))
	where.plain("m.archived_at is null")
	where.add("m.name = %s", name)
	views, err := s.monitorViews(ctx, &where, overdue, 1, `coalesce(v.files ->> '`+monitor.ReadmeFile+`', '')`)
	return only(views, err, "monitor %q", name)
}

func (s *Store) monitorViews(ctx context.Context, where *filter, overdue string, limit int, documentation string) ([]store.MonitorView, error) {
	var views []store.MonitorView
	count := where.arg(limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.MonitorView
		err := scanMonitorView(scan, &v)
		views = append(views, v)
		return err
	}, `select `+monitorColumns+`, `+busy("m.id")+`, v.number, v.hash, `+documentation+`,
			`+healthOf(overdue)+`, m.last_proven_at, m.active_issues, m.active_alerts,
			coalesce(e.id, 0), coalesce(e.version_id, 0), coalesce(e.tasks, 0), coalesce(e.status, ''),
			e.queued_at, e.started_at, e.finished_at, `+lastError+`
		from monitors m join monitor_versions v on v.id = m.version_id
			left join executions e on e.id = m.last_execution_id`+where.where()+`
		order by m.name limit `+count, where.args...))
	if err != nil {
		return nil, err
	}
	return views, s.declare(ctx, views)
}

// lastError is why executions e failed. Where they did not, their reports, of which
// lists would read a thousand at a time, are not looked into.
const lastError = `case when e.status is null or e.status = 'succeeded' then '' else coalesce(e.report ->> 'error', '') end`

func scanMonitorView(scan Scan, v *store.MonitorView) error {
	var last monitor.Execution
	if err := scanMonitor(scan, &v.Monitor, &v.Monitor.Schedule.Busy, &v.Version, &v.Hash, &v.Documentation,
		(*string)(&v.Health), &v.LastProvenAt, &v.ActiveIssues, &v.ActiveAlerts,
		&last.ID, &last.VersionID, (*uint8)(&last.Tasks), (*string)(&last.Status),
		&last.QueuedAt, &last.StartedAt, &last.FinishedAt, &last.Report.Error); err != nil {
		return err
	}
	if last.ID != 0 {
		last.MonitorID = v.Monitor.ID
		v.LastExecution = &last
	}
	return nil
}
