package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// RouteMarks turns marks of alerts into notices that are due.
func (s *Store) RouteMarks(ctx context.Context, limit int, now time.Time, route func([]monitor.Notification) []string) (int, error) {
	var routed int
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		r := routing{store: s, conn: conn, now: now, route: route}
		if err := r.take(ctx, limit); err != nil {
			return err
		}
		if routed = len(r.alerts); routed == 0 {
			return nil
		}
		return r.write(ctx)
	})
	return routed, wrap(err, "route marks of alerts")
}

// routing is one attempt to route some marks.
type routing struct {
	store *Store
	conn  Conn
	now   time.Time
	route func([]monitor.Notification) []string

	alerts []markedAlert
}

// markedAlert is an alert that is marked.
type markedAlert struct {
	id, monitorID int64
	// declared is what its monitor's current version declares; nothing if the alert
	// has ended.
	declared []monitor.Notification
}

// take takes marks: their rows are gone when the transaction ends, and who marks
// one of them again waits until then.
func (r *routing) take(ctx context.Context, limit int) error {
	var ids []int64
	if err := r.conn.Do(ctx, r.store.query(idsInto(&ids), `select k.alert_id from notification_marks k
		where k.due_at <= $1 order by k.due_at, k.alert_id limit $2 {skip k}`, r.now, limit)); err != nil || len(ids) == 0 {
		return err
	}
	marked, err := r.store.idRows(ids)
	if err != nil {
		return err
	}
	// Not in one statement with the above: what that joined to a mark could be older
	// than the mark.
	return r.conn.Do(ctx, r.store.query(func(scan Scan) error {
		a, err := scanMarkedAlert(scan)
		r.alerts = append(r.alerts, a)
		return err
	}, `select a.id, a.monitor_id, a.status, v.id, cast(v.declaration as text)
		from {rows $1 r id bigint} join alerts a on a.id = r.id
			join monitors m on m.id = a.monitor_id join monitor_versions v on v.id = m.version_id
		order by r.ord`, marked))
}

func scanMarkedAlert(scan Scan) (markedAlert, error) {
	var a markedAlert
	var status, text string
	var versionID int64
	if err := scan(&a.id, &a.monitorID, &status, &versionID, &text); err != nil || monitor.AlertStatus(status) != monitor.AlertActive {
		return a, err
	}
	var declaration monitor.Declaration
	err := decodeDeclaration(text, versionID, &declaration)
	a.declared = declaration.Options.Notifications
	return a, err
}

// What was given up is tried again with the next change. What is being tried goes
// on with its pauses.
const anotherChance = `dead = false, attempts = case when notifications.dead then 0 else notifications.attempts end,
	failing_since = case when notifications.dead then null else notifications.failing_since end`

func (r *routing) write(ctx context.Context) error {
	ids := make([]int64, len(r.alerts))
	for i, alert := range r.alerts {
		ids[i] = alert.id
	}
	alerts, err := r.store.idRows(ids)
	if err != nil {
		return err
	}
	queue := pipeline{conn: r.conn}
	// Of those that are not shown, one that is due may just be about to be, by somebody
	// who looked at the alert before. What is due keeps its place in the line.
	if err := queue.add(ctx, r.store.exec(`update notifications set due_at = case when due_at <= $2 then due_at else $2 end, marks = marks + 1, `+anotherChance+`
		where (status in ('sending', 'shown') or due_at is not null) and alert_id in (select r.id from {rows $1 r id bigint})`, alerts, r.now)); err != nil {
		return err
	}
	if err := r.insert(ctx, &queue); err != nil {
		return err
	}
	if err := queue.add(ctx, r.store.exec(`delete from notification_marks
		where alert_id in (select r.id from {rows $1 r id bigint})`, alerts).affecting(len(ids), "marks of alerts")); err != nil {
		return err
	}
	return queue.flush(ctx)
}

// insert makes the notices due that are not shown yet.
func (r *routing) insert(ctx context.Context, queue *pipeline) error {
	rows := r.store.rows(func(batch string, _ int) error {
		return queue.add(ctx,
			r.store.exec(`insert into notification_targets (target)
				select distinct r.target from {rows $1 r target text} where true order by r.target
				on conflict (target) do nothing`, batch),
			r.store.exec(`insert into notifications (monitor_id, alert_id, target, status, due_at, created_at)
				select r.monitor_id, r.alert_id, r.target, 'none', cast($2 as {time}), cast($2 as {time})
				from {rows $1 r monitor_id bigint, alert_id bigint, target text} where true order by r.ord
				on conflict (alert_id, target) do update set due_at = excluded.due_at, marks = notifications.marks + 1,
					`+anotherChance+`
				where notifications.status in ('none', 'closed')`, batch, r.now))
	})
	for _, alert := range r.alerts {
		for _, target := range r.route(alert.declared) {
			rows.int("monitor_id", alert.monitorID)
			rows.int("alert_id", alert.id)
			rows.text("target", target)
			if err := rows.end(); err != nil {
				return err
			}
		}
	}
	return rows.flush()
}
