package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// noticeColumns are what scanNotice reads of notifications n.
const noticeColumns = `n.id, n.monitor_id, n.alert_id, n.target, n.status, n.nonce, n.ref, n.shown, n.mentioned, n.mention_nonce,
	n.attempts, n.failing_since, n.dead, n.error, n.marks, n.created_at, n.closed_at`

func scanNotice(scan Scan, n *monitor.Notice, more ...any) error {
	return scan(append([]any{
		&n.ID, &n.MonitorID, &n.AlertID, &n.Target, (*string)(&n.Status), &n.Nonce, &n.Ref, &n.Shown, &n.Mentioned, &n.MentionNonce,
		&n.Attempts, &n.FailingSince, &n.Dead, &n.Error, &n.Marks, &n.CreatedAt, &n.ClosedAt,
	}, more...)...)
}

func (s *Store) noticesInto(notices *[]monitor.Notice, sql string, args ...any) *Statement {
	return s.query(func(scan Scan) error {
		var n monitor.Notice
		err := scanNotice(scan, &n)
		*notices = append(*notices, n)
		return err
	}, sql, args...)
}

// Notices lists notices, newest first.
func (s *Store) Notices(ctx context.Context, f store.NoticeFilter, page store.Page) ([]monitor.Notice, error) {
	var where filter
	if f.AlertID != 0 {
		where.add("n.alert_id = %s", f.AlertID)
	}
	if f.Target != "" {
		where.add("n.target = %s", f.Target)
	}
	if f.Dead {
		where.plain("n.dead")
	}
	where.before("n.id", page.BeforeID)
	count := where.arg(page.Limit)
	var notices []monitor.Notice
	err := s.database.Read(ctx, s.noticesInto(&notices,
		`select `+noticeColumns+` from notifications n`+where.where()+` order by n.id desc limit `+count, where.args...))
	return notices, wrap(err, "list notifications")
}

// NoticeView reads what there is to show of an alert.
func (s *Store) NoticeView(ctx context.Context, alertID int64, issues int) (store.NoticeView, error) {
	var view store.NoticeView
	var versionID int64
	var declaration string
	err := s.database.Read(ctx,
		s.query(func(scan Scan) error {
			var archivedAt time.Time
			err := scanAlert(scan, &view.Alert, &view.Alert.ActiveIssues, &view.Monitor, &archivedAt, &versionID, &declaration)
			view.Archived = !archivedAt.IsZero()
			return err
		}, `select `+alertColumns+`, `+alertIssues+`, m.name, m.archived_at, v.id, cast(v.declaration as text)
			from alerts a join monitors m on m.id = a.monitor_id join monitor_versions v on v.id = m.version_id
			where a.id = $1`, alertID).found("alert %d does not exist", alertID),
		s.issuesInto(&view.Issues, `select `+issueColumns+` from issues i
			where i.alert_id = $1 and i.status = 'active' order by i.id limit $2`, alertID, issues))
	if err == nil {
		err = decodeDeclaration(declaration, versionID, &view.Declaration)
	}
	return view, wrap(err, "read alert %d", alertID)
}

// SaveNotice writes a notice of a target that the executor has.
func (s *Store) SaveNotice(ctx context.Context, executor string, n monitor.Notice, due time.Time, event monitor.Event, now time.Time) error {
	save := s.saveNotice(executor, n, due, now)
	if event.Name == "" {
		return wrap(s.database.Write(ctx, save), "save notification %d", n.ID)
	}
	event.Notice = &n
	return wrap(s.transact(ctx, Turn{}, func(conn Conn) error {
		// Under the monitor's lock, as all events are written.
		if err := conn.Do(ctx, s.query(func(scan Scan) error { return scan(new(int64), new(int64)) },
			`select m.id, {announce} from monitors m where m.id = $1 {lock m}`, n.MonitorID), save); err != nil {
			return err
		}
		w := writer{store: s, queue: pipeline{conn: conn}, plan: &monitor.Plan{Events: []monitor.Event{event}}, now: now, monitorID: n.MonitorID}
		if err := w.insertEvents(ctx); err != nil {
			return err
		}
		return w.queue.flush(ctx)
	}), "save notification %d", n.ID)
}

func (s *Store) saveNotice(executor string, n monitor.Notice, due, now time.Time) *Statement {
	save := s.exec(`update notifications set status = $3, nonce = $4, ref = $5, shown = $6, mentioned = $7, mention_nonce = $8,
			attempts = $9, failing_since = $10, dead = $11, error = $12, closed_at = $13,
			due_at = case when marks = $14 then cast($15 as {time}) else cast($16 as {time}) end
		where id = $1 and exists (select 1 from notification_targets t where t.target = notifications.target and t.executor_id = $2)`,
		n.ID, executor, string(n.Status), n.Nonce, storable(n.Ref), n.Shown, n.Mentioned, n.MentionNonce,
		n.Attempts, n.FailingSince, n.Dead, storable(n.Error), n.ClosedAt, n.Marks, due, now)
	save.Done = func(rows int64) error {
		if rows == 1 {
			return nil
		}
		return monitor.Errorf(monitor.CodeFenced, "target %s is no longer executor %s's", n.Target, executor)
	}
	return save
}
