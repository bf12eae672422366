package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// rekey sees to it that no issue stays active under a model id that the new
// version would never find again (R67).
func (r *registering) rekey(ctx context.Context) error {
	from, to := &r.current.Declaration, &r.Declaration
	if from.Options.ModelIDKey == to.Options.ModelIDKey {
		return nil
	}
	if err := r.cancelBusy(ctx); err != nil {
		return err
	}
	if r.activeIssues == 0 {
		return nil
	}
	snapshot := monitor.Snapshot{Monitor: r.monitor}
	if err := r.conn.Do(ctx, r.store.active(r.monitor.ID, &snapshot)...); err != nil {
		return err
	}
	countActive(snapshot.Alerts, snapshot.Issues)
	by := lifecycle.Person{Actor: r.Author, Comment: r.Message, Now: r.now}
	plan, err := lifecycle.Rekey(from, to, r.DropIssues, by)(snapshot)
	if err != nil {
		return err
	}
	w := writer{store: r.store, queue: pipeline{conn: r.conn}, plan: &plan, now: r.now, monitorID: r.monitor.ID}
	return w.writeChange(ctx, r.monitor)
}

// cancelBusy ends the run of the old version, which plans with the old field: what
// it finds would be issues that the new version never finds again. Its tasks are due
// at once. So are those of a run that seems to be queued still: an executor may just
// be taking it, with the version that it sees.
func (r *registering) cancelBusy(ctx context.Context) error {
	report, _, err := splitReport(monitor.Report{Error: "a new version identifies issues by another field (model_id_key)"})
	if err != nil {
		return err
	}
	return r.conn.Do(ctx, r.store.query(func(scan Scan) error { return scan((*uint8)(&r.cancelled)) },
		`update executions set status = 'cancelled', finished_at = $2, report = $3
		where monitor_id = $1 and status in ('queued', 'running')
		returning tasks`, r.monitor.ID, r.now, report))
}
