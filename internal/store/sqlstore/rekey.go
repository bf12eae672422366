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
	if from.Options.ModelIDKey == to.Options.ModelIDKey || r.activeIssues == 0 {
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
