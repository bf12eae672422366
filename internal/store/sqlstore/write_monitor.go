package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// writeChange writes a plan that is not a run's: it raises the revision, so that
// a run under way reads again what it loaded (R01).
func (w *writer) writeChange(ctx context.Context, m monitor.Monitor) error {
	if err := w.writePlan(ctx); err != nil {
		return err
	}
	change := w.change()
	err := w.queue.add(ctx, w.store.exec(`update monitors set
			revision = revision + 1, active_issues = active_issues + $2, active_alerts = active_alerts + $3
		where id = $1`, w.monitorID, change.issues, change.alerts).affecting(1, "the monitor"))
	if err != nil {
		return err
	}
	if w.plan.Monitor != nil {
		if err := w.changeMonitor(ctx, m, *w.plan.Monitor); err != nil {
			return err
		}
	}
	return w.queue.flush(ctx)
}

// changeMonitor enables, disables, refreshes or archives.
func (w *writer) changeMonitor(ctx context.Context, m monitor.Monitor, change monitor.MonitorChange) error {
	if change.Enabled != nil {
		m.Enabled = *change.Enabled
	}
	var archived, search, update time.Time
	switch {
	case change.Archive:
		archived = w.now
		// What is running must not bring issues back.
		if err := w.cancel(ctx, `status in ('queued', 'running')`, "the monitor was deleted"); err != nil {
			return err
		}
	case !m.Enabled:
		if err := w.cancel(ctx, `status = 'queued'`, "the monitor was disabled"); err != nil {
			return err
		}
	}
	if change.DueTasks.Has(monitor.TaskSearch) {
		search = w.now
	}
	if change.DueTasks.Has(monitor.TaskUpdate) {
		update = w.now
	}
	return w.queue.add(ctx,
		w.store.exec(`update monitors set enabled = $2, archived_at = coalesce($3, archived_at), next_due_at = null,
				next_search_at = coalesce($4, next_search_at), next_update_at = coalesce($5, next_update_at)
			where id = $1`, w.monitorID, m.Enabled, archived, search, update).affecting(1, "the monitor"),
		w.store.exec(setDueSQL, w.monitorID).affecting(1, "the monitor"))
}

// cancel ends executions of the monitor (R64, R66).
func (w *writer) cancel(ctx context.Context, which, reason string) error {
	report, _, err := splitReport(monitor.Report{Error: reason})
	if err != nil {
		return err
	}
	return w.queue.add(ctx, w.store.exec(`update executions set status = 'cancelled', finished_at = $2, report = $3
		where monitor_id = $1 and `+which, w.monitorID, w.now, report))
}
