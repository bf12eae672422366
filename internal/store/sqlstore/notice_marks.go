package sqlstore

import (
	"context"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// An alert that is marked already may be just about to be routed, by somebody who
// saw an older state of it: waiting for its row makes the mark count.
const onMarked = ` on conflict (alert_id) do update set due_at = excluded.due_at`

// markAlerts marks the alerts that the plan touches, for whoever tells people of
// them (R82).
func (w *writer) markAlerts(ctx context.Context) error {
	if !w.plan.Notify {
		return nil
	}
	rows := w.store.rows(func(batch string, n int) error {
		return w.queue.add(ctx, w.store.exec(`insert into notification_marks (alert_id, monitor_id, due_at)
			select r.id, cast($2 as bigint), cast($3 as {time}) from {rows $1 r id bigint} where true order by r.id`+onMarked,
			batch, w.monitorID, w.now).affecting(n, "marks of alerts"))
	})
	for _, id := range touchedAlerts(w.plan) {
		rows.int("id", id)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}

// touchedAlerts are the ids of the alerts that a plan changes, or of whose issues
// it changes any. They ascend, so that concurrent transactions lock them in one order.
func touchedAlerts(plan *monitor.Plan) []int64 {
	touched := map[int64]bool{}
	for _, alerts := range [][]*monitor.Alert{plan.NewAlerts, plan.Alerts} {
		for _, alert := range alerts {
			touched[alert.ID] = true
		}
	}
	for _, issues := range [][]*monitor.Issue{plan.Created, plan.Updated, plan.Ended, plan.Linked} {
		for _, issue := range issues {
			touched[issue.AlertID] = true
		}
	}
	delete(touched, 0)
	ids := make([]int64, 0, len(touched))
	for id := range touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// notifiable tells whether people are to be told of alerts a of monitors m with
// version v, or have been.
const notifiable = `(json_array_length(v.declaration -> 'options' -> 'notifications') > 0
	or exists (select 1 from notifications n where n.alert_id = a.id and n.status in ('sending', 'shown')))`

// MarkAlerts marks active alerts.
func (s *Store) MarkAlerts(ctx context.Context, name string, now time.Time) (int, error) {
	var marked int64
	err := s.database.Write(ctx, s.exec(`insert into notification_marks (alert_id, monitor_id, due_at)
		select a.id, a.monitor_id, cast($2 as {time})
		from alerts a join monitors m on m.id = a.monitor_id join monitor_versions v on v.id = m.version_id
		where a.status = 'active' and (cast($1 as text) = '' or m.name = $1 and m.archived_at is null) and `+notifiable+`
		order by a.id`+onMarked, name, now).counting(&marked))
	return int(marked), wrap(err, "mark alerts")
}

// markOwn marks the active alerts of one monitor, whose row is locked.
func (s *Store) markOwn(monitorID int64, now time.Time) *Statement {
	return s.exec(`insert into notification_marks (alert_id, monitor_id, due_at)
		select a.id, a.monitor_id, cast($2 as {time}) from alerts a
		where a.status = 'active' and a.monitor_id = $1
		order by a.id`+onMarked, monitorID, now)
}
