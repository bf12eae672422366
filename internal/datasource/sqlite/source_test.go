package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
)

func requireFailure(t *testing.T, err error, kind monitor.FailureKind, part string) {
	t.Helper()
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, kind, failure.Kind, failure.Message)
	require.Contains(t, failure.Message, part)
}

func TestQuery_ReadsWhatOtherModulesKeep(t *testing.T) {
	t.Parallel()
	rows, err := run(t, []string{
		"create virtual table places using rtree(id, left, right)", "insert into places values (1, 2, 3)",
		"create virtual table notes using fts5(body)", "insert into notes values ('an order is late')",
	}, "select places.id, notes.body from places, notes where notes match 'late'")
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"id":1,"body":"an order is late"}`}, rows)

	for _, write := range []string{"insert into places values (2, 2, 3)", "insert into notes (notes) values ('optimize')"} {
		_, err := run(t, []string{"create virtual table places using rtree(id, left, right)", "create virtual table notes using fts5(body)"}, write)
		requireFailure(t, err, monitor.FailureQuery, "may only read")
	}
}

func TestQuery_TellsAboutTheSchema(t *testing.T) {
	t.Parallel()
	table := []string{"create table t (a integer)"}
	for query, want := range map[string]monitor.Data{
		"select name, type from pragma_table_info('t')": `{"name":"a","type":"INTEGER"}`,
		"pragma journal_mode":                           `{"journal_mode":"wal"}`,
		"explain query plan select a from t":            ``,
	} {
		rows, err := run(t, table, query)
		require.NoError(t, err, query)
		require.Len(t, rows, 1)
		if want != "" {
			require.Equal(t, want, rows[0])
		}
	}
}

func TestQuery_ARefusalNamesWhatWasRefused(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]string{
		"with gone as (select a from t) delete from t": "refused: DELETE from t; monitors may only read",
		"insert into t values (1)":                     "refused: INSERT into t;",
		"update t set a = 1":                           "refused: UPDATE of t;",
		"attach 'x.db' as x":                           "refused: ATTACH or VACUUM;",
		"pragma query_only = 0":                        "refused: PRAGMA query_only;",
		"select load_extension('x')":                   "refused: load_extension();",
		"savepoint s":                                  "refused: SAVEPOINT s;",
		"commit":                                       "refused: COMMIT;",
		"create temp table x (a)":                      "refused: a change of the schema: x;",
	} {
		_, err := run(t, []string{"create table t (a integer)"}, statement)
		requireFailure(t, err, monitor.FailureQuery, want)
	}
}

func TestQuery_AnEnormousValueIsRefused(t *testing.T) {
	t.Parallel()
	_, err := run(t, nil, "select zeroblob(100000000) as b")
	requireFailure(t, err, monitor.FailureQuery, "64 MiB")
}

func TestQuery_ReadsWhileSomebodyWrites(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	db, err := sql.Open("sqlite", path+"?_journal_mode=WAL")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	_, err = db.ExecContext(t.Context(), "create table t (a integer); insert into t values (1)")
	require.NoError(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = tx.ExecContext(t.Context(), "insert into t values (2)")
	require.NoError(t, err)

	source, err := sqlite.Open(address(path), config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	count := func() monitor.Rows {
		rows, err := source.Query(t.Context(), monitor.Query{SQL: "select count(*) as n from t"})
		require.NoError(t, err)
		return rows
	}
	require.Equal(t, monitor.Rows{`{"n":1}`}, count())
	require.NoError(t, tx.Commit())
	require.Equal(t, monitor.Rows{`{"n":2}`}, count(), "the next query sees what was committed")
}

func TestQuery_WaitsForALockNoLongerThanItsTimeout(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	db, err := sql.Open("sqlite", path+"?_journal_mode=DELETE&_txlock=exclusive")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	_, err = db.ExecContext(t.Context(), "create table t (a integer)")
	require.NoError(t, err)
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)

	source, err := sqlite.Open(address(path), config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select a from t", Timeout: 100 * time.Millisecond})
	requireFailure(t, err, monitor.FailureTimeout, "its timeout of 100ms")
	require.NoError(t, tx.Rollback())
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select a from t"})
	require.NoError(t, err)
}

func TestQuery_AReplacedFileIsReadAnew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	source, err := sqlite.Open(address(path), config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	for _, content := range []string{"'first'", "'second'"} {
		other := path + ".new"
		db, err := sql.Open("sqlite", other)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), "create table t as select "+content+" as a")
		require.NoError(t, err)
		require.NoError(t, db.Close())
		require.NoError(t, os.Rename(other, path))

		rows, err := source.Query(t.Context(), monitor.Query{SQL: "select a from t"})
		require.NoError(t, err)
		require.Equal(t, monitor.Rows{monitor.Data(`{"a":"` + strings.Trim(content, "'") + `"}`)}, rows)
	}
	require.NoError(t, os.Remove(path))
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select a from t"})
	requireFailure(t, err, monitor.FailureConnection, "there is no file "+path)
}

func TestTables_AViewOfSomethingThatIsGoneHasNoColumns(t *testing.T) {
	t.Parallel()
	database := newDatabase(t)
	for _, statement := range []string{
		"create table kept (id int)", "create table gone (id int)", "create view broken as select id from gone", "drop table gone",
		"create table made (id int primary key, twice int as (id * 2)) strict",
	} {
		database.Exec(t, statement)
	}
	source, err := sqlite.Open(database.Address, config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	tables, err := source.(*sqlite.Source).Tables(t.Context(), "shop")
	require.NoError(t, err)
	require.Len(t, tables, 3)
	require.Equal(t, datasource.Table{Name: "broken", Reference: "broken", Kind: "view"}, tables[0])
	require.Equal(t, "kept", tables[1].Name)
	require.Equal(t, "twice", tables[2].Columns[1].Name)
}
