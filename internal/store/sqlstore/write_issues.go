package sqlstore

import (
	"context"
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// updateIssues writes all issues that existed before, each once, in whichever of
// the plan's lists it stands. Those of which only the data changes, the most by
// far, go by themselves: their statement touches no index.
func (w *writer) updateIssues(ctx context.Context) error {
	plan := w.plan
	others := make(map[int64]*monitor.Issue, len(plan.Ended)+len(plan.Linked))
	for _, issues := range [][]*monitor.Issue{plan.Ended, plan.Linked} {
		for _, issue := range issues {
			others[issue.ID] = issue
		}
	}
	var updated []*monitor.Issue
	withData := make(map[int64]bool)
	for _, issue := range plan.Updated {
		if others[issue.ID] == nil {
			updated = append(updated, issue)
		} else {
			withData[issue.ID] = true
		}
	}
	if err := w.updateData(ctx, updated); err != nil {
		return err
	}
	return w.updateStatus(ctx, slices.Concat(plan.Ended, plan.Linked), withData)
}

// updateData writes the data of issues.
func (w *writer) updateData(ctx context.Context, issues []*monitor.Issue) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update issues set data = r.data, updated_at = r.updated_at
			from {rows $1 r id bigint, data json, updated_at time}
			where issues.id = r.id and `+opaque(`issues.monitor_id = $2 and issues.status = 'active'`),
			batch, w.monitorID).affecting(n, "issues"))
	})
	for _, issue := range issues {
		rows.int("id", issue.ID)
		rows.json("data", issue.Data)
		rows.time("updated_at", issue.UpdatedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// updateStatus writes the status and alert of issues, and the data of some.
func (w *writer) updateStatus(ctx context.Context, issues []*monitor.Issue, withData map[int64]bool) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update issues set
				data = coalesce(r.data, issues.data), status = r.status, alert_id = r.alert_id,
				updated_at = r.updated_at, solved_at = r.solved_at, dropped_at = r.dropped_at
			from {rows $1 r id bigint, data json, status text, alert_id bigint, updated_at time, solved_at time, dropped_at time}
			where issues.id = r.id and `+opaque(`issues.monitor_id = $2 and issues.status = 'active'
				and (issues.alert_id is null or issues.alert_id = r.alert_id)`),
			batch, w.monitorID).affecting(n, "issues"))
	})
	written := make(map[int64]bool, len(issues))
	for _, issue := range issues {
		if written[issue.ID] {
			continue
		}
		written[issue.ID] = true
		rows.int("id", issue.ID)
		if withData[issue.ID] {
			rows.json("data", issue.Data)
		}
		rows.text("status", string(issue.Status))
		rows.id("alert_id", issue.AlertID)
		rows.time("updated_at", issue.UpdatedAt)
		rows.time("solved_at", issue.SolvedAt)
		rows.time("dropped_at", issue.DroppedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// insertIssues writes the created issues and gives them their ids.
func (w *writer) insertIssues(ctx context.Context) error {
	created := make(map[string]*monitor.Issue, len(w.plan.Created))
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.query(func(scan Scan) error {
			var id int64
			var modelID string
			if err := scan(&id, &modelID); err != nil {
				return err
			}
			created[modelID].ID = id
			return nil
		}, `insert into issues (monitor_id, alert_id, model_id, status, data, created_at, updated_at)
			select cast($2 as bigint), r.alert_id, r.model_id, 'active', r.data, r.created_at, r.updated_at
			from {rows $1 r alert_id bigint, model_id text, data json, created_at time, updated_at time}
			order by r.ord
			returning id, model_id`, batch, w.monitorID).affecting(n, "created issues"))
	})
	for _, issue := range w.plan.Created {
		issue.MonitorID = w.monitorID
		created[issue.ModelID] = issue
		rows.id("alert_id", issue.AlertID)
		rows.text("model_id", issue.ModelID)
		rows.json("data", issue.Data)
		rows.time("created_at", issue.CreatedAt)
		rows.time("updated_at", issue.UpdatedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	if len(created) < len(w.plan.Created) {
		return monitor.Errorf(monitor.CodeInternal, "write created issues: the plan has a model id twice")
	}
	if err := rows.flush(); err != nil || len(created) == 0 {
		return err
	}
	// Events name the ids.
	return w.queue.flush(ctx)
}
