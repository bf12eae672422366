package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // The driver pgx.
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // The driver sqlite.
)

// invariant is a query that finds what must not be.
type invariant struct{ name, violations string }

// invariants hold at every commit.
var invariants = []invariant{
	{
		"one active issue for each monitor and model id",
		`select monitor_id, model_id, count(*) from issues where status = 'active' group by monitor_id, model_id having count(*) > 1`,
	},
	{
		"one queued or running execution for each monitor",
		`select monitor_id, count(*) from executions where status in ('queued', 'running') group by monitor_id having count(*) > 1`,
	},
	{
		"an active alert has an active issue",
		`select id, monitor_id from alerts a where status = 'active'
			and not exists (select 1 from issues i where i.alert_id = a.id and i.status = 'active')`,
	},
	{
		"an active issue's alert is active and of the same monitor",
		`select i.id, a.id, a.status from issues i join alerts a on a.id = i.alert_id
			where i.status = 'active' and (a.status <> 'active' or a.monitor_id <> i.monitor_id)`,
	},
	{
		"no issue came to an alert after it was solved",
		`select i.id, a.id from issues i join alerts a on a.id = i.alert_id where a.solved_at is not null and i.created_at > a.solved_at`,
	},
	{
		"what has ended says when, and only that",
		`select id, status from issues where (solved_at is not null) <> (status = 'solved') or (dropped_at is not null) <> (status = 'dropped')
			union all select id, status from alerts where (solved_at is not null) <> (status = 'solved')
			union all select id, status from executions where (finished_at is null) <> (status in ('queued', 'running'))`,
	},
	{
		"a monitor's row counts its active issues and alerts",
		`select id, active_issues, active_alerts from monitors m
			where active_issues <> (select count(*) from issues i where i.monitor_id = m.id and i.status = 'active')
				or active_alerts <> (select count(*) from alerts a where a.monitor_id = m.id and a.status = 'active')`,
	},
	{
		"an archived monitor has nothing active",
		`select id from monitors m where archived_at is not null and (active_issues + active_alerts > 0
			or exists (select 1 from executions e where e.monitor_id = m.id and e.status in ('queued', 'running')))`,
	},
	{
		"next_due_at is empty while disabled, archived or busy",
		`select id, next_due_at from monitors m where next_due_at is not null and (not enabled or archived_at is not null
			or exists (select 1 from executions e where e.monitor_id = m.id and e.status in ('queued', 'running')))`,
	},
	{
		"next_due_at is the least of the next times otherwise",
		`select id, next_due_at, next_search_at, next_update_at from monitors m where enabled and archived_at is null
			and not exists (select 1 from executions e where e.monitor_id = m.id and e.status in ('queued', 'running'))
			and (next_due_at is null and coalesce(next_search_at, next_update_at) is not null
				or next_due_at > next_search_at or next_due_at > next_update_at
				or next_due_at <> next_search_at and next_due_at <> next_update_at)`,
	},
	{
		"a running execution has an executor, a token and a version",
		`select id from executions where status = 'running' and (executor_id is null or token is null or version_id is null)`,
	},
	{
		"the last execution is one of the monitor's that has ended",
		`select m.id, e.id from monitors m join executions e on e.id = m.last_execution_id
			where e.monitor_id <> m.id or e.finished_at is null`,
	},
	{
		"a monitor's version is its newest",
		`select m.id from monitors m where m.version_id is distinct from
			(select id from monitor_versions v where v.monitor_id = m.id order by number desc limit 1)`,
	},
	{
		"every event is about something that there is",
		`select v.id, v.name from events v where
			v.source = 'issue' and not exists (select 1 from issues i where i.id = v.source_id and i.monitor_id = v.monitor_id)
			or v.source = 'alert' and not exists (select 1 from alerts a where a.id = v.source_id and a.monitor_id = v.monitor_id)
			or v.source = 'monitor' and not exists (select 1 from monitors m where m.id = v.source_id and m.id = v.monitor_id)`,
	},
	{
		"a delivery is about an event of its monitor",
		`select d.id from deliveries d left join events v on v.id = d.event_id
			where v.id is null or v.monitor_id <> d.monitor_id or v.source_id <> d.source_id or v.source <> d.source`,
	},
}

// correspondence holds where all events are kept and none has been cleaned away: no
// event without its change, no change without its event (R03).
var correspondence = []invariant{
	eventFor("issues", "issue", "issue_created", "true"),
	eventFor("issues", "issue", "issue_solved", "s.status = 'solved'"),
	eventFor("issues", "issue", "issue_dropped", "s.status = 'dropped'"),
	eventFor("alerts", "alert", "alert_created", "true"),
	eventFor("alerts", "alert", "alert_solved", "s.status = 'solved'"),
	{
		"an issue of an alert was linked to it once",
		`select s.id, s.alert_id from issues s where
			(select count(*) from events v where v.source = 'issue' and v.source_id = s.id and v.name = 'issue_linked')
			<> case when s.alert_id is null then 0 else 1 end`,
	},
	{
		"an issue's last event shows the data and status that it has",
		`select s.id, s.data, v.data from issues s join events v on v.source = 'issue' and v.source_id = s.id
			where v.id = (select max(l.id) from events l where l.source = 'issue' and l.source_id = s.id)
				and (cast(v.data -> 'data' as text) <> cast(s.data as text) or v.data ->> 'status' <> s.status)`,
	},
	{
		"an alert's last event shows the priority and status that it has",
		`select s.id, s.priority, v.data from alerts s join events v on v.source = 'alert' and v.source_id = s.id
			where v.id = (select max(l.id) from events l where l.source = 'alert' and l.source_id = s.id)
				and (cast(v.data ->> 'priority' as integer) <> s.priority or v.data ->> 'status' <> s.status)`,
	},
}

// eventFor requires exactly one event of a name for rows that fit the condition,
// and none for the others.
func eventFor(table, source, event, condition string) invariant {
	return invariant{
		fmt.Sprintf("%s: one for each row of %s where %s", event, table, condition),
		fmt.Sprintf(`select s.id, s.status from %s s where
			(select count(*) from events v where v.source = '%s' and v.source_id = s.id and v.name = '%s')
			<> case when %s then 1 else 0 end`, table, source, event, condition),
	}
}

// CheckInvariants looks in the database at an address, as a store is opened with
// it, for what must never be there. It may be in use by a store.
func CheckInvariants(t testing.TB, address string) {
	t.Helper()
	check(t, address, invariants)
}

// CheckHistory is CheckInvariants and requires in addition that changes and
// events correspond, for a database in which all events are kept.
func CheckHistory(t testing.TB, address string) {
	t.Helper()
	check(t, address, wholeHistory())
}

// Violations is CheckHistory for who is no test: each violation names what does
// not hold and up to ten rows, and checked is of how many things.
func Violations(ctx context.Context, address string) (found []string, checked int, err error) {
	found, err = find(ctx, address, wholeHistory())
	return found, len(wholeHistory()), err
}

func wholeHistory() []invariant {
	return append(invariants[:len(invariants):len(invariants)], correspondence...)
}

func check(t testing.TB, address string, invariants []invariant) {
	t.Helper()
	found, err := find(context.WithoutCancel(t.Context()), address, invariants)
	require.NoError(t, err)
	require.Empty(t, found, "violated")
}

// check is check through the connection that is open anyway, if there is one.
func (f *fixture) check(invariants []invariant) {
	f.Helper()
	if f.driver.Beside == nil {
		check(f, f.address, invariants)
		return
	}
	found, err := findThrough(context.WithoutCancel(f.Context()), f.driver.Beside(f, f.address), invariants)
	require.NoError(f, err)
	require.Empty(f, found, "violated")
}

func find(ctx context.Context, address string, invariants []invariant) (found []string, err error) {
	db, err := Connect(address)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return findThrough(ctx, db, invariants)
}

// findThrough looks for everything in one transaction: the store may be at work.
func findThrough(ctx context.Context, db *sql.DB, invariants []invariant) (found []string, err error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	for _, invariant := range invariants {
		rows, err := violations(tx, invariant.violations)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", invariant.name, err)
		}
		if len(rows) > 0 {
			found = append(found, invariant.name+": "+strings.Join(rows, "; "))
		}
	}
	return found, nil
}

// violations are at most ten rows as text.
func violations(tx *sql.Tx, query string) (found []string, err error) {
	rows, err := tx.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() && len(found) < 10 {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			return nil, err
		}
		line := make([]string, len(columns))
		for i, value := range values {
			if text, ok := value.([]byte); ok {
				value = string(text)
			}
			line[i] = fmt.Sprintf("%s=%v", columns[i], value)
		}
		found = append(found, strings.Join(line, " "))
	}
	return found, rows.Err()
}

// Names runs a query that gives names on the database at an address.
func Names(t testing.TB, address, query string) []string {
	t.Helper()
	db := OpenRaw(t, address)
	defer func() { require.NoError(t, db.Close()) }()
	rows, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer func() { require.NoError(t, rows.Close()) }()
	var names []string
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		names = append(names, name)
	}
	require.NoError(t, rows.Err())
	return names
}

// OpenRaw opens the database at an address beside the store.
func OpenRaw(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := Connect(address)
	require.NoError(t, err)
	return db
}

// Connect is OpenRaw for who is no test. It reads only, on SQLite at least.
func Connect(address string) (*sql.DB, error) {
	driver, source := "pgx", strings.Replace(address, "postgresql+asyncpg://", "postgres://", 1)
	if path, ok := strings.CutPrefix(address, "sqlite://"); ok {
		driver, source = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)&_pragma=query_only(1)"
	}
	return sql.Open(driver, source)
}
