package postgres_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/datasource/datasourcetest"
	"github.com/vedettehq/vedette/internal/datasource/postgres"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestMain(m *testing.M) { testenv.Main(m) }

func TestSource(t *testing.T) {
	t.Parallel()
	datasourcetest.Run(t, datasourcetest.Driver{
		Open:        postgres.Open,
		New:         newDatabase,
		Placeholder: func(n int) string { return fmt.Sprintf("$%d", n) },
		In:          func(column string) string { return column + " = any($1)" },
		// In from, a series would be kept on disk before the first row is read of it.
		Forever:     "select count(*) as c from (select generate_series(1, 1000000000000)) as n",
		LateForever: "select 0 as c union all select count(*) from (select generate_series(1, 1000000000000)) as n",
		Numbers:     func(rows int) string { return fmt.Sprintf("select generate_series(1, %d) as n", rows) },
		Writes: map[string]string{
			"insert":               "insert into items values (9, 'nine')",
			"update":               "update items set name = 'x'",
			"delete":               "delete from items",
			"returning":            "delete from items returning id",
			"merge":                "merge into items using (select 1 as id) s on items.id = s.id when matched then delete",
			"with":                 "with gone as (delete from items returning *) select * from gone",
			"with, unused":         "with gone as (update items set name = 'x') select 1 as a",
			"truncate":             "truncate items",
			"create":               "create table more (id int)",
			"create as":            "create table more as select 1 as a",
			"select into":          "select 1 as a into more",
			"create temp":          "create temporary table more (id int)",
			"drop":                 "drop table items",
			"for update":           "select id from items for update",
			"for share":            "select id from items for share",
			"lock":                 "lock table items in exclusive mode",
			"explain analyze":      "explain analyze delete from items",
			"copy to":              "copy items to stdout",
			"copy from":            "copy items from stdin",
			"copy to a file":       "copy items to '/tmp/vedette_copy'",
			"copy to a program":    "copy items to program 'cat'",
			"copy from a program":  "copy items from program 'echo 9'",
			"do":                   "do $$ begin delete from items; end $$",
			"do, switching":        "do $$ begin set transaction read write; delete from items; end $$",
			"function":             "select wipe_function() as a",
			"procedure":            "call wipe(1)",
			"committing procedure": "call commit_first(1)",
			"read write":           "set transaction read write",
			"default":              "set default_transaction_read_only = off",
			"characteristics":      "set session characteristics as transaction read write",
			"read only off":        "select set_config('transaction_read_only', 'off', true) as a",
			"read only off inside": "with s as (select set_config('transaction_read_only', 'off', true)) select * from s",
			"commit":               "commit",
			"commit and chain":     "commit and chain",
			"rollback":             "rollback",
			"begin":                "begin",
			"savepoint":            "savepoint s",
			"prepare":              "prepare p as delete from items",
			"execute":              "execute p",
			"declare":              "declare c cursor with hold for select 1",
			"listen":               "listen somebody",
			"notify":               "notify somebody",
			"nextval":              "select nextval('numbers') as n",
			"setval":               "select setval('numbers', 7) as n",
			"vacuum":               "vacuum items",
			"analyze":              "analyze items",
			"reset":                "reset all",
			"role":                 "set role postgres",
			"load":                 "load 'plpgsql'",
			"import":               "import foreign schema public from server s into public",
			"query_to_xml":         "select query_to_xml('delete from items', true, true, '') as x",
		},
		Malformed: []monitor.Secret{
			monitor.NewSecret("mysql://u:hunter2@host/db"), monitor.NewSecret("postgres://u:hunter2@host:port/db"),

			monitor.NewSecret("postgres://u:100%hunter2@host/db"),
			monitor.NewSecret("host=localhost password=hunter2"), monitor.NewSecret("postgres://u@host/db?sslmode=hunter2"),
			monitor.NewSecret(""),
		},
		Away: away,
	})
}

var config = datasource.Config{MaxSize: 2, AcquireTimeout: time.Minute, QueryTimeout: time.Minute, MaxRows: 1000}

// furnished is a database with what statements that write make use of.
var furnished = testenv.Template{Prepare: func(ctx context.Context, address string) error {
	return testenv.Exec(ctx, address, `
		create sequence numbers;
		create function wipe_function() returns int language plpgsql as $$ begin delete from items; return 1; end $$;
		create procedure wipe(inout a int) language plpgsql as $$ begin delete from items; end $$;
		create procedure commit_first(inout a int) language plpgsql as $$ begin commit; delete from items; end $$`)
}}

func newDatabase(t *testing.T) datasourcetest.Database {
	t.Helper()
	address := furnished.Postgres(t)
	exec := func(t *testing.T, sql string) {
		t.Helper()
		require.NoError(t, testenv.Exec(t.Context(), address, sql), sql)
	}
	return datasourcetest.Database{Address: monitor.NewSecret(address), Exec: exec, Running: func(t *testing.T) bool {
		t.Helper()
		return scalar[bool](t, address, `select exists (select from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and state = 'active')`)
	}}
}

// scalar queries a database with all rights.
func scalar[Value any](t *testing.T, address, sql string) (value Value) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	require.NoError(t, err)
	require.NoError(t, conn.QueryRow(t.Context(), sql).Scan(&value))
	require.NoError(t, conn.Close(t.Context()))
	return value
}

// away are addresses where no database answers.
func away(t *testing.T) map[string]monitor.Secret {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	closed := listener.Addr().String()
	require.NoError(t, listener.Close())

	with := func(change func(*url.URL)) monitor.Secret {
		u, err := url.Parse(testenv.Postgres(t))
		require.NoError(t, err)
		u.User = url.UserPassword(u.User.Username(), "hunter2")
		change(u)
		return monitor.NewSecret(u.String())
	}
	return map[string]monitor.Secret{
		"refused":     with(func(u *url.URL) { u.Host = closed }),
		"no database": with(func(u *url.URL) { u.Path = "/nowhere" }),
		"no user":     with(func(u *url.URL) { u.User = url.UserPassword("nobody_here", "hunter2") }),
		"no host":     with(func(u *url.URL) { u.Host = "nowhere.invalid:5432" }),
	}
}
