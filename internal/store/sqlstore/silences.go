package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// silenceColumns are what scanSilence reads of silences s.
const silenceColumns = `s.id, s.everything, s.monitor, cast(s.labels as text), coalesce(s.priority, 0), coalesce(s.issue_id, 0),
	s.starts_at, s.ends_at, s.every, s.zone, s.lasts_seconds, s.comment, s.created_at, s.created_by,
	s.expired_at, s.expired_by, s.expired_comment`

// silence is a silence as it is stored.
type silence struct {
	monitor.Silence
	// unreadable is why this binary does not know when it is in force: it may come
	// from a newer one. It is not, then, lest people miss something.
	unreadable error
}

func (s *Store) scanSilence(scan Scan, row *silence) error {
	var labels, every, zone string
	var seconds int64
	m := &row.Match
	if err := scan(&row.ID, &m.Everything, &m.Monitor, &labels, (*int)(&m.Priority), &m.IssueID,
		&row.StartsAt, &row.EndsAt, &every, &zone, &seconds, &row.Comment, &row.CreatedAt, &row.CreatedBy,
		&row.ExpiredAt, &row.ExpiredBy, &row.ExpiredComment); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(labels), &m.Labels); err != nil {
		return fmt.Errorf("decode the labels of silence %d: %w", row.ID, err)
	}
	if every != "" {
		row.Window, row.unreadable = s.windows.get(every, zone, time.Duration(seconds)*time.Second)
	}
	return nil
}

func (s *Store) silencesInto(rows *[]silence, sql string, args ...any) *Statement {
	return s.query(func(scan Scan) error {
		var row silence
		err := s.scanSilence(scan, &row)
		*rows = append(*rows, row)
		return err
	}, `select `+silenceColumns+` from silences s `+sql, args...)
}

// CreateSilence stores a silence.
func (s *Store) CreateSilence(ctx context.Context, asked monitor.Silence, now time.Time) (monitor.Silence, error) {
	labels := []byte("{}")
	if len(asked.Match.Labels) > 0 {
		var err error
		if labels, err = json.Marshal(asked.Match.Labels); err != nil {
			return asked, fmt.Errorf("encode labels: %w", err)
		}
	}
	err := s.transact(ctx, patient, func(conn Conn) error {
		m := &asked.Match
		return conn.Do(ctx, append(s.silenceable(m), s.query(func(scan Scan) error { return scan(&asked.ID) },
			`insert into silences (everything, monitor, labels, priority, issue_id, starts_at, ends_at, every, zone, lasts_seconds,
				comment, created_at, created_by, next_end_at)
			values ($1, $2, $3, nullif(cast($4 as smallint), 0), nullif(cast($5 as bigint), 0), $6, $7, $8, $9, $10, $11, $12, $13, $14)
			returning id`, m.Everything, m.Monitor, string(labels), int(m.Priority), m.IssueID, asked.StartsAt, asked.EndsAt,
			asked.Window.Every, asked.Window.Zone, int64(asked.Window.Lasts/time.Second),
			asked.Comment, asked.CreatedAt, asked.CreatedBy, asked.NextEnd(now)))...)
	})
	return asked, wrap(err, "create silence")
}

// silenceable requires that what is to be silenced by name is there: a name that is
// mistyped would silence nothing.
func (s *Store) silenceable(m *monitor.SilenceMatch) []*Statement {
	var required []*Statement
	require := func(sql string, argument any, format string) {
		st := s.query(func(scan Scan) error { return scan(new(int64)) }, sql, argument)
		st.Done = func(rows int64) error {
			if rows > 0 {
				return nil
			}
			return monitor.Errorf(monitor.CodeInvalid, format, argument)
		}
		required = append(required, st)
	}
	if m.Monitor != "" {
		require(`select m.id from monitors m where m.name = $1 and m.archived_at is null`, m.Monitor, "monitor: there is no monitor %q")
	}
	if m.IssueID != 0 {
		require(`select i.id from issues i where i.id = $1 and i.status = 'active'`, m.IssueID, "issue_id: issue %d does not exist, or is not active")
	}
	return required
}

// ExpireSilence ends one before its time. Alerts are looked at by whoever sees to
// silences that are over, once everybody can see that this one is.
func (s *Store) ExpireSilence(ctx context.Context, id int64, by, comment string, now time.Time) (monitor.Silence, error) {
	var rows []silence
	err := s.transact(ctx, patient, func(conn Conn) error {
		rows = nil
		if err := conn.Do(ctx, s.silencesInto(&rows, `where s.id = $1 {lock s}`, id).found("silence %d does not exist", id)); err != nil {
			return err
		}
		expired := &rows[0].Silence
		if expired.Status(now) == monitor.SilenceExpired && rows[0].unreadable == nil {
			return monitor.Errorf(monitor.CodeConflict, "silence %d is over already", id)
		}
		expired.ExpiredAt, expired.ExpiredBy, expired.ExpiredComment = now.UTC(), by, comment
		return conn.Do(ctx, s.exec(`update silences set expired_at = $2, expired_by = $3, expired_comment = $4, next_end_at = $2
			where id = $1`, id, now, by, comment).affecting(1, "a silence"))
	})
	if err != nil {
		return monitor.Silence{}, wrap(err, "expire silence")
	}
	return rows[0].Silence, nil
}

// Silence reads one silence.
func (s *Store) Silence(ctx context.Context, id int64) (monitor.Silence, error) {
	var rows []silence
	err := s.database.Read(ctx, s.silencesInto(&rows, `where s.id = $1`, id))
	row, err := only(rows, err, "silence %d", id)
	return row.Silence, err
}

// Silences lists silences. Of those that are not over there are few, and when a
// window is open no statement can tell.
func (s *Store) Silences(ctx context.Context, f store.SilenceFilter, page store.Page) ([]monitor.Silence, error) {
	var where filter
	if f.Monitor != "" {
		where.add("s.monitor = %s", f.Monitor)
	}
	where.before("s.id", page.BeforeID)
	all := f.Expired && !f.Active
	limit := ""
	if all {
		limit = ` limit ` + where.arg(page.Limit)
	} else {
		where.plain("s.next_end_at is not null")
	}
	var rows []silence
	if err := s.database.Read(ctx, s.silencesInto(&rows, where.where()+` order by s.id desc`+limit, where.args...)); err != nil {
		return nil, wrap(err, "list silences")
	}
	var found []monitor.Silence
	for i := range rows {
		status := rows[i].Status(f.Now)
		if (all || status == monitor.SilenceActive || status == monitor.SilencePending && !f.Active) && len(found) < page.Limit {
			found = append(found, rows[i].Silence)
		}
	}
	return found, nil
}
