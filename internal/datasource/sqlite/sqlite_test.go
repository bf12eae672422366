package sqlite_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/datasourcetest"
	"github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSource(t *testing.T) {
	t.Parallel()
	datasourcetest.Run(t, datasourcetest.Driver{
		Open:        sqlite.Open,
		New:         newDatabase,
		Placeholder: func(int) string { return "?" },
		In:          func(column string) string { return column + " in (?)" },
		Forever:     "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n",
		LateForever: "select 0 as c union all select c from (with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n)",
		Numbers: func(rows int) string {
			return fmt.Sprintf("with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < %d) select n from numbers", rows)
		},
		Writes: map[string]string{
			"insert":          "insert into items values (9, 'nine')",
			"update":          "update items set name = 'x'",
			"delete":          "delete from items",
			"returning":       "delete from items returning id",
			"upsert":          "insert into items values (1, 'x') on conflict do update set name = 'x'",
			"with":            "with gone as (select id from items) delete from items where id in (select id from gone)",
			"replace":         "replace into items values (1, 'x')",
			"create":          "create table more (id int)",
			"create temp":     "create temp table more (id int)",
			"temp view":       "create temp view v as select 1",
			"virtual table":   "create virtual table f using fts5(x)",
			"index":           "create index i on items (name)",
			"drop":            "drop table items",
			"alter":           "alter table items add column more text",
			"attach":          "attach 'other.db' as other",
			"attach memory":   "attach ':memory:' as other",
			"detach":          "detach main",
			"vacuum":          "vacuum",
			"vacuum into":     "vacuum into 'copy.db'",
			"analyze":         "analyze",
			"reindex":         "reindex",
			"begin":           "begin",
			"begin immediate": "begin immediate",
			"savepoint":       "savepoint a",
			"query_only":      "pragma query_only = off",
			"writable_schema": "pragma writable_schema = on",
			"journal_mode":    "pragma journal_mode = delete",
			"user_version":    "pragma user_version = 7",
			"checkpoint":      "pragma wal_checkpoint(truncate)",
			"temp_store":      "pragma temp_store_directory = '/tmp'",
			"sqlite_schema":   "update sqlite_schema set sql = ''",
			"extension":       "select load_extension('evil')",
			"explain":         "explain alter table items rename to more",
		},
		Malformed: []monitor.Secret{
			monitor.NewSecret("sqlite:hunter2"), monitor.NewSecret("sqlite://"), monitor.NewSecret("sqlite://hunter2?mode=rwc"),
			monitor.NewSecret("sqlite://:memory:"), monitor.NewSecret("file:hunter2"), monitor.NewSecret(""),
		},
		Away: func(t *testing.T) map[string]monitor.Secret {
			t.Helper()
			dir := t.TempDir()
			noDatabase := filepath.Join(dir, "text.db")
			write(t, noDatabase, "this is no database, but long enough to be taken for the header of one")
			return map[string]monitor.Secret{
				"missing":   address(filepath.Join(dir, "missing.db")),
				"directory": address(dir),
				"text":      address(noDatabase),
			}
		},
	})
}

var config = datasource.Config{MaxSize: 2, AcquireTimeout: time.Minute, QueryTimeout: time.Minute, MaxRows: 1000}

func address(path string) monitor.Secret { return monitor.NewSecret("sqlite://" + path) }

func newDatabase(t *testing.T) datasourcetest.Database {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a shop #1%41.db")
	return datasourcetest.Database{Address: address(path), Exec: writer(t, path)}
}

// writer opens a file, in the mode that lets others read while it writes.
func writer(t *testing.T, path string) func(t *testing.T, sql string) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_journal_mode=WAL")
	require.NoError(t, err)
	db.SetMaxOpenConns(1)
	require.NoError(t, db.PingContext(t.Context()), "it makes the file")
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return func(t *testing.T, sql string) {
		t.Helper()
		_, err := db.ExecContext(t.Context(), sql)
		require.NoError(t, err, sql)
	}
}
