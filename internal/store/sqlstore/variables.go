package sqlstore

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Variables reads a monitor's variables.
func (s *Store) Variables(ctx context.Context, monitorID int64) (map[string]monitor.Data, error) {
	values := map[string]monitor.Data{}
	err := s.database.Read(ctx, s.variablesInto(values, monitorID))
	return values, wrap(err, "read variables of monitor %d", monitorID)
}

// SetVariables writes variables under the monitor's lock, so that they never
// come between the reading and the writing of a commit.
func (s *Store) SetVariables(ctx context.Context, monitorID int64, values map[string]monitor.Data, now time.Time) error {
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		lock := s.query(func(scan Scan) error { return scan(new(int64)) },
			`select m.id from monitors m where m.id = $1 {lock m}`, monitorID).
			found("monitor %d does not exist", monitorID)
		if err := conn.Do(ctx, lock); err != nil {
			return err
		}
		queue := &pipeline{conn: conn}
		if err := s.writeVariables(ctx, queue, monitorID, values, now); err != nil {
			return err
		}
		return queue.flush(ctx)
	})
	return wrap(err, "write variables of monitor %d", monitorID)
}

func (s *Store) variablesInto(values map[string]monitor.Data, monitorID int64) *Statement {
	return s.query(func(scan Scan) error {
		var name, value string
		if err := scan(&name, &value); err != nil {
			return err
		}
		values[name] = monitor.Data(value)
		return nil
	}, `select name, value from variables where monitor_id = $1 order by name`, monitorID)
}

func (s *Store) writeVariables(ctx context.Context, queue *pipeline, monitorID int64, values map[string]monitor.Data, now time.Time) error {
	rows := s.rows(func(batch string, n int) error {
		return queue.add(ctx, s.exec(`insert into variables (monitor_id, name, value, updated_at)
			select cast($2 as bigint), r.name, cast(r.value as {json}), cast($3 as {time})
			from {rows $1 r name text, value text} where true
			on conflict (monitor_id, name) do update set value = excluded.value, updated_at = excluded.updated_at`,
			batch, monitorID, now).affecting(n, "variables"))
	})
	for _, name := range slices.Sorted(maps.Keys(values)) {
		rows.text("name", name)
		// As text: in a row of JSON, null would be NULL.
		rows.text("value", string(values[name]))
		if err := rows.end(); err != nil {
			return err
		}
	}
	return rows.flush()
}
