package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// insertAlerts writes the new alerts and gives them their ids, which ascend in
// the order of the rows.
func (w *writer) insertAlerts(ctx context.Context) error {
	var ids []int64
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.query(func(scan Scan) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		}, `insert into alerts (monitor_id, status, priority, acknowledged, acknowledge_priority, locked, created_at, updated_at)
			select cast($2 as bigint), r.status, r.priority, r.acknowledged, r.acknowledge_priority, r.locked, r.created_at, r.updated_at
			from {rows $1 r status text, priority int, acknowledged bool, acknowledge_priority int, locked bool, created_at time, updated_at time}
			order by r.ord
			returning id`, batch, w.monitorID).affecting(n, "new alerts"))
	})
	for _, alert := range w.plan.NewAlerts {
		alert.MonitorID = w.monitorID
		alertRow(rows, alert)
		rows.time("created_at", alert.CreatedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	if err := rows.flush(); err != nil {
		return err
	}
	if len(w.plan.NewAlerts) == 0 {
		return nil
	}
	if err := w.queue.flush(ctx); err != nil {
		return err
	}
	for i, alert := range w.plan.NewAlerts {
		alert.ID = ids[i]
	}
	return nil
}

// updateAlerts writes the alerts that existed before.
func (w *writer) updateAlerts(ctx context.Context) error {
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`update alerts set
				status = r.status, priority = r.priority, acknowledged = r.acknowledged,
				acknowledge_priority = r.acknowledge_priority, locked = r.locked,
				updated_at = r.updated_at, solved_at = r.solved_at
			from {rows $1 r id bigint, status text, priority int, acknowledged bool, acknowledge_priority int, locked bool, updated_at time, solved_at time}
			where alerts.id = r.id and `+opaque(`alerts.monitor_id = $2 and alerts.status = 'active'`),
			batch, w.monitorID).affecting(n, "alerts"))
	})
	for _, alert := range w.plan.Alerts {
		rows.int("id", alert.ID)
		alertRow(rows, alert)
		rows.time("solved_at", alert.SolvedAt)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// alertRow writes the columns that an insert and an update have in common.
func alertRow(rows *rowWriter, alert *monitor.Alert) {
	rows.text("status", string(alert.Status))
	rows.int("priority", int64(alert.Priority))
	rows.bool("acknowledged", alert.Acknowledged)
	rows.id("acknowledge_priority", int64(alert.AcknowledgePriority))
	rows.bool("locked", alert.Locked)
	rows.time("updated_at", alert.UpdatedAt)
}
