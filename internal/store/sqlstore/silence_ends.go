package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// EndSilences marks the alerts that silences were about which are over. A read comes
// first: it is called all the time, and mostly there are none.
func (s *Store) EndSilences(ctx context.Context, now time.Time, limit int) (int, error) {
	var due bool
	if err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&due) },
		`select exists (select 1 from silences s where s.next_end_at <= $1)`, now)); err != nil || !due {
		return 0, wrap(err, "look for silences that are over")
	}
	var e ending
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		e = ending{store: s, conn: conn, now: now, marked: map[int64]int64{}}
		return e.do(ctx, limit)
	})
	if err != nil {
		return 0, wrap(err, "end silences")
	}
	return len(e.over), wrap(e.unreadable, "end silences")
}

// ending is one attempt to see to silences that are over.
type ending struct {
	store *Store
	conn  Conn
	now   time.Time

	over []silence
	// marked has the alerts to mark, with their monitors.
	marked     map[int64]int64
	unreadable error
}

func (e *ending) do(ctx context.Context, limit int) error {
	if err := e.conn.Do(ctx, e.store.silencesInto(&e.over, `where s.next_end_at <= $1 order by s.next_end_at, s.id limit $2 {skip s}`, e.now, limit)); err != nil {
		return err
	}
	statements := make([]*Statement, 0, 2*len(e.over))
	for i := range e.over {
		over := &e.over[i]
		next := over.NextEnd(e.now)
		if over.unreadable != nil && over.ExpiredAt.IsZero() {
			next = e.now.Add(unreadableRetry)
			e.unreadable = errors.Join(e.unreadable, fmt.Errorf("silence %d: %w", over.ID, over.unreadable))
		}
		statements = append(statements, e.find(over),
			e.store.exec(`update silences set next_end_at = $2 where id = $1`, over.ID, next).affecting(1, "a silence"))
	}
	if err := e.conn.Do(ctx, statements...); err != nil {
		return err
	}
	return e.mark(ctx)
}

// find collects the active alerts that a silence was about.
func (e *ending) find(over *silence) *Statement {
	m := &over.Match
	where := filter{conditions: []string{"a.status = 'active'", notifiable}}
	if m.Monitor != "" {
		where.add("m.name = %s and m.archived_at is null", m.Monitor)
	}
	if m.Priority != 0 {
		where.add("a.priority >= %s", int(m.Priority))
	}
	if m.IssueID != 0 {
		where.add("a.id = (select i.alert_id from issues i where i.id = %s)", m.IssueID)
	}
	return e.store.query(func(scan Scan) error {
		var monitorID int64
		// The alert has the issue that is named, or it would not have been found. Whether
		// that is active still does not matter.
		subject := monitor.SilenceSubject{Issues: []int64{m.IssueID}}
		if err := scanSubject(scan, &subject, &monitorID); err != nil {
			return err
		}
		if m.Matches(&subject) {
			e.marked[subject.AlertID] = monitorID
		}
		return nil
	}, `select `+subjectColumns+`
		from alerts a join monitors m on m.id = a.monitor_id join monitor_versions v on v.id = m.version_id`+
		where.where()+` order by a.id`, where.args...)
}

// mark marks the alerts in the order of their ids, as all do who mark.
func (e *ending) mark(ctx context.Context) error {
	queue := pipeline{conn: e.conn}
	rows := e.store.rows(func(batch string, n int) error {
		return queue.add(ctx, e.store.exec(`insert into notification_marks (alert_id, monitor_id, due_at)
			select r.id, r.monitor_id, cast($2 as {time}) from {rows $1 r id bigint, monitor_id bigint} where true order by r.id`+onMarked,
			batch, e.now).affecting(n, "marks of alerts"))
	})
	for _, id := range slices.Sorted(maps.Keys(e.marked)) {
		rows.int("id", id)
		rows.int("monitor_id", e.marked[id])
		if err := rows.end(); err != nil {
			return err
		}
	}
	if err := rows.flush(); err != nil {
		return err
	}
	return queue.flush(ctx)
}
