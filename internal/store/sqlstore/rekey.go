package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// rekey sees to it that no issue stays active under a model id that the new
// version would never find again (R67).
func (r *registering) rekey(ctx context.Context) error {
	from, to := r.current.Declaration.Options.ModelIDKey, r.Declaration.Options.ModelIDKey
	if from == to || r.activeIssues == 0 {
		return nil
	}
	if !r.DropIssues {
		return monitor.Errorf(monitor.CodeConflict,
			"model_id_key changes from %q to %q while %d issues are active: no run would find them again; keep the key, or have the issues dropped (drop_issues)",
			from, to, r.activeIssues)
	}
	var snapshot monitor.Snapshot
	if err := r.conn.Do(ctx, r.store.active(r.monitor.ID, &snapshot)...); err != nil {
		return err
	}
	countActive(snapshot.Alerts, snapshot.Issues)
	snapshot.Monitor = r.monitor
	plan := dropAll(snapshot, r.Author, r.now)
	w := writer{store: r.store, queue: pipeline{conn: r.conn}, plan: &plan, now: r.now, monitorID: r.monitor.ID}
	return w.writeChange(ctx, r.monitor)
}

func dropAll(snapshot monitor.Snapshot, actor string, now time.Time) monitor.Plan {
	plan := monitor.Plan{Actor: actor}
	extra := monitor.Extra{Reason: monitor.ReasonRekeyed, Actor: actor}
	for i := range snapshot.Issues {
		issue := &snapshot.Issues[i]
		issue.Status, issue.UpdatedAt, issue.DroppedAt = monitor.IssueDropped, now, now
		plan.Ended = append(plan.Ended, issue)
		plan.Events = append(plan.Events, monitor.Event{Name: monitor.IssueDroppedEvent, Issue: issue, Extra: extra, Keep: true})
	}
	for i := range snapshot.Alerts {
		alert := &snapshot.Alerts[i]
		alert.Status, alert.UpdatedAt, alert.SolvedAt, alert.ActiveIssues = monitor.AlertSolved, now, now, 0
		plan.Alerts = append(plan.Alerts, alert)
		plan.Events = append(plan.Events, monitor.Event{Name: monitor.AlertSolvedEvent, Alert: alert, Extra: extra, Keep: true})
	}
	return plan
}
