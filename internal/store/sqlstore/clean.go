package sqlstore

import (
	"context"
	"time"
)

// CleanEvents removes old events, and those that were only written to be
// delivered, when they have been (R80). Ids ascend with time, so the first ones
// are looked at and no index on the time is needed. The newest event stays, since
// SQLite would give its id again.
func (s *Store) CleanEvents(ctx context.Context, before time.Time, limit int) (int, error) {
	var removed int
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		var ids []int64
		if err := conn.Do(ctx, s.query(idsInto(&ids), `select id from (
				select v.id, v.created_at from events v
				where not exists (select 1 from deliveries d where d.event_id = v.id and d.status in ('open', 'taken'))
				order by v.id limit $2) oldest
			where created_at < $1 and id < (select max(id) from events)
			order by id`, before, limit)); err != nil {
			return err
		}
		if len(ids) < limit {
			if err := conn.Do(ctx, s.query(idsInto(&ids), `select v.id from events v
				where not v.keep and v.created_at >= $1 and v.id < (select max(id) from events)
					and not exists (select 1 from deliveries d where d.event_id = v.id)
				order by v.id limit $2`, before, limit-len(ids))); err != nil {
				return err
			}
		}
		removed = len(ids)
		// One that was dead may be open again by now.
		return s.remove(ctx, conn, ids, `delete from deliveries where status = 'dead' and event_id in (select r.id from {rows $1 r id bigint})`,
			`delete from events where id in (select r.id from {rows $1 r id bigint})
				and not exists (select 1 from deliveries d where d.event_id = events.id)`)
	})
	return removed, wrap(err, "clean events")
}

// CleanExecutions removes old executions that have ended, but for the last one of
// each monitor, from which its health is read, and the newest of all.
func (s *Store) CleanExecutions(ctx context.Context, before time.Time, limit int) (int, error) {
	var removed int
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		var ids []int64
		if err := conn.Do(ctx, s.query(idsInto(&ids), `select id from (
				select e.id, e.finished_at from executions e
				where e.finished_at is not null
					and not exists (select 1 from monitors m where m.last_execution_id = e.id)
				order by e.id limit $2) oldest
			where finished_at < $1 and id < (select max(id) from executions)
			order by id`, before, limit)); err != nil {
			return err
		}
		removed = len(ids)
		return s.remove(ctx, conn, ids, `delete from executions where id in (select r.id from {rows $1 r id bigint})`)
	})
	return removed, wrap(err, "clean executions")
}

func idsInto(ids *[]int64) func(Scan) error {
	return func(scan Scan) error {
		var id int64
		err := scan(&id)
		*ids = append(*ids, id)
		return err
	}
}

// remove runs statements on rows of ids.
func (s *Store) remove(ctx context.Context, conn Conn, ids []int64, statements ...string) error {
	rows := s.rows(func(batch string, _ int) error {
		for _, sql := range statements {
			if err := conn.Do(ctx, s.exec(sql, batch)); err != nil {
				return err
			}
		}
		return nil
	})
	for _, id := range ids {
		rows.int("id", id)
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}
