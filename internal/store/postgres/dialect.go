package postgres

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// Ids of events are taken from a sequence before they commit, so a smaller one
// may become visible after a larger one (R85). Every transaction that may write
// events therefore holds a shared advisory lock until it ends, whose number is a
// tag and the last id that was taken before: its own events get larger ones. What
// is not larger than any of these numbers is settled. The locks never make
// anybody wait. Comparing transaction ids instead would let any long transaction
// in any database of the server hold up the stream of events.
const (
	pendingTag = 0x56
	lastEvent  = `case when is_called then last_value else 0 end`
)

var (
	announce = fmt.Sprintf(`cast(pg_advisory_xact_lock_shared((cast(%d as bigint) << 56) | (select %s from events_id_seq)) is null as integer)`,
		pendingTag, lastEvent)
	// The locks are looked at after the sequence, because the condition on its value
	// has to wait for that: the other way round, a transaction could come in between.
	settled = fmt.Sprintf(`(select least(taken.id, (
			select min((cast(classid as bigint) & 16777215) << 32 | cast(objid as bigint)) from pg_locks
			where locktype = 'advisory' and objsubid = 1 and cast(classid as bigint) >> 24 = %d
				and database = (select oid from pg_database where datname = current_database()) and taken.id is not null))
		from (select %s as id from events_id_seq offset 0) taken)`, pendingTag, lastEvent)
)

// version is which transactions have ended: the last one of them, and which earlier
// ones are under way. That says exactly what can be seen, also if one commits that
// began long ago, and it changes before anybody learns of a commit. Another server
// that takes this one's place may count the same transactions for others; it has
// started at another time.
const version = `(cast(pg_current_snapshot() as text) || ' ' || cast(pg_postmaster_start_time() as text))`

var columnTypes = map[string]string{"time": "timestamptz", "int": "integer", "bool": "boolean"}

func newDialect() *sqlstore.Dialect {
	return &sqlstore.Dialect{
		Words: map[string]string{
			"json": "json", "time": "timestamptz", "least": "least",
			"announce": announce, "settled": settled, "version": version,
		},
		Rows:  rows,
		Quote: func(expression string) string { return "cast(to_json(" + expression + ") as text)" },
		ISO: func(expression string) string {
			return "to_char(" + expression + ` at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
		},
		// In floating point, which holds microseconds of centuries.
		Steps: func(until, since, step string) string {
			return "cast(floor(cast(extract(epoch from (" + until + " - cast(" + since + " as timestamptz))) as double precision) * 1000000 / cast(" + step + " as bigint)) as bigint)"
		},
		Lock: func(of string) string { return "for no key update" + ofAlias(of) },
		Skip: func(of string) string { return "for no key update" + ofAlias(of) + " skip locked" },
		Time: func(buffer []byte, t time.Time) []byte { return t.UTC().AppendFormat(buffer, `"`+time.RFC3339Nano+`"`) },
	}
}

func ofAlias(alias string) string {
	if alias == "" {
		return ""
	}
	return " of " + alias
}

// rows makes a table of JSON. The condition is always true, but has the planner
// expect a single row instead of a hundred. So it always goes from the rows to the
// tables, by index: that is right for few rows, good for many, and stays so when a
// prepared statement outlives the size that a table had when it was planned.
func rows(parameter, alias string, columns []sqlstore.Column) string {
	var names, types []string
	for _, column := range columns {
		kind := column.Type
		if full, ok := columnTypes[kind]; ok {
			kind = full
		}
		names = append(names, column.Name)
		types = append(types, column.Name+" "+kind)
	}
	return fmt.Sprintf("(select * from rows from (json_to_recordset(%s) as (%s)) with ordinality as t(%s, ord) where ord between 1 and %d) as %s",
		parameter, strings.Join(types, ", "), strings.Join(names, ", "), math.MaxInt32, alias)
}
