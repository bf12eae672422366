package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// updateIssues writes the issues that existed before, with a statement for each
// kind of change, which touches only the indexes that it must. An issue that ends
// is written once, with its data if that changed as well.
func (w *writer) updateIssues(ctx context.Context) error {
	updated := make(map[int64]bool, len(w.plan.Updated))
	for _, issue := range w.plan.Updated {
		updated[issue.ID] = true
	}
	ended := make(map[int64]bool, len(w.plan.Ended))
	for _, issue := range w.plan.Ended {
		ended[issue.ID] = true
	}
	if err := w.updateData(ctx, ended); err != nil {
		return err
	}
	if err := w.linkIssues(ctx); err != nil {
		return err
	}
	return w.endIssues(ctx, updated)
}

// updateData writes the data of issues, but for those that end.
func (w *writer) updateData(ctx context.Context, ended map[int64]bool) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update issues set data = r.data, updated_at = r.updated_at
			from {rows $1 r id bigint, data json, updated_at time}
			where issues.id = r.id and `+opaque(`issues.monitor_id = $2 and issues.status = 'active'`),
			batch, w.monitorID).affecting(n, "issues"))
	})
	for _, issue := range w.plan.Updated {
		if ended[issue.ID] {
			continue
		}
		rows.int("id", issue.ID)
		rows.json("data", issue.Data)
		rows.time("updated_at", issue.UpdatedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// linkIssues gives issues that have no alert theirs.
func (w *writer) linkIssues(ctx context.Context) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update issues set alert_id = r.alert_id, updated_at = r.updated_at
			from {rows $1 r id bigint, alert_id bigint, updated_at time}
			where issues.id = r.id and `+opaque(`issues.monitor_id = $2 and issues.status = 'active' and issues.alert_id is null`),
			batch, w.monitorID).affecting(n, "linked issues"))
	})
	for _, issue := range w.plan.Linked {
		rows.int("id", issue.ID)
		rows.int("alert_id", issue.AlertID)
		rows.time("updated_at", issue.UpdatedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// endIssues writes how issues end, and the data of those of which it changed.
func (w *writer) endIssues(ctx context.Context, updated map[int64]bool) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update issues set
				data = coalesce(r.data, issues.data), status = r.status, updated_at = r.updated_at,
				solved_at = case r.status when 'solved' then r.ended_at end,
				dropped_at = case r.status when 'dropped' then r.ended_at end
			from {rows $1 r id bigint, data json, status text, updated_at time, ended_at time}
			where issues.id = r.id and `+opaque(`issues.monitor_id = $2 and issues.status = 'active'`),
			batch, w.monitorID).affecting(n, "ended issues"))
	})
	for _, issue := range w.plan.Ended {
		rows.int("id", issue.ID)
		if updated[issue.ID] {
			rows.json("data", issue.Data)
		}
		rows.text("status", string(issue.Status))
		rows.time("updated_at", issue.UpdatedAt)
		ended := issue.SolvedAt
		if issue.Status == monitor.IssueDropped {
			ended = issue.DroppedAt
		}
		rows.time("ended_at", ended)
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
