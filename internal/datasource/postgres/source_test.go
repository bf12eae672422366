package postgres_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource/postgres"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/testenv"
)

func TestQuery_AnErrorSaysWhereAndWhatHelps(t *testing.T) {
	t.Parallel()
	source := open(t, config, "create table orders (status text)")
	_, err := source.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select status -- é\nfrom orders\nwhere state = 'paid'"})
	requireFailure(t, err, monitor.FailureQuery, `database "shop": column "state" does not exist at line 3, column 7 of the statement (42703)`)
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select state from orders"})
	requireFailure(t, err, monitor.FailureQuery, `Perhaps you meant to reference the column "orders.status"`)
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select 1/0 as a"})
	requireFailure(t, err, monitor.FailureQuery, "division by zero")
	_, err = source.Query(t.Context(), monitor.Query{SQL: "select 1 as a\x00"})
	requireFailure(t, err, monitor.FailureQuery, "U+0000")
}

// TestQuery_NothingOfOneQueryReachesTheNext uses a pool of one connection.
func TestQuery_NothingOfOneQueryReachesTheNext(t *testing.T) {
	t.Parallel()
	only := config
	only.MaxSize = 1
	source := open(t, only,
		"create function prepares() returns int language plpgsql as $$ begin execute 'prepare left_behind as select 1'; return 1; end $$",
		"create function listens() returns int language plpgsql as $$ begin execute 'listen somebody'; return 1; end $$")
	query := func(sql string) string {
		rows, err := source.Query(t.Context(), monitor.Query{SQL: sql})
		require.NoError(t, err, sql)
		require.Len(t, rows, 1)
		return string(rows[0])
	}
	state := `select pg_backend_pid() as pid, current_setting('search_path') as path, current_setting('TimeZone') as zone, current_setting('statement_timeout') <> '0' as bounded,
		current_setting('transaction_read_only') as only, current_setting('default_transaction_read_only') as default_only, session_user = current_user as self,
		(select count(*) from pg_locks where locktype = 'advisory') as locks, (select count(*) from pg_prepared_statements where name = 'left_behind') as prepared,
		(select count(*) from pg_listening_channels()) as channels, coalesce(current_setting('my.setting', true), '') as mine`
	before := query(state)
	for _, sql := range []string{
		"select pg_advisory_lock(7) is null as a",
		"select set_config('search_path', 'elsewhere', false) as a",
		"select set_config('TimeZone', 'Asia/Kolkata', false) as a",
		"select set_config('statement_timeout', '0', false) as a",
		"select set_config('default_transaction_read_only', 'off', false) as a",
		"select set_config('role', 'pg_monitor', false) as a",
		"select set_config('my.setting', 'x', false) as a",
		"select prepares() as a",
		"select listens() as a",
	} {
		query(sql)
		require.Equal(t, before, query(state), sql)
	}
}

func TestQuery_ASettingMadeInTheStatementDoesNotChangeTheForm(t *testing.T) {
	t.Parallel()
	source := open(t, config)
	rows, err := source.Query(t.Context(), monitor.Query{SQL: "select set_config('TimeZone', 'Asia/Kolkata', false) as zone, '2026-11-23 10:00:00+00'::timestamptz as at"})
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"zone":"Asia/Kolkata","at":"2026-11-23T10:00:00.000Z"}`}, rows)
	_, err = source.Query(t.Context(), monitor.Query{SQL: `select set_config('bytea_output', 'escape', false) as a, '\xdead'::bytea as b`})
	requireFailure(t, err, monitor.FailureQuery, "column b: bytea not printed as hex")
}

func TestQuery_AConnectionThatDiedIsReplaced(t *testing.T) {
	t.Parallel()
	database := newDatabase(t)
	source, err := postgres.Open(database.Address, config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	for range 3 {
		rows, err := source.Query(t.Context(), monitor.Query{SQL: "select 1 as a"})
		require.NoError(t, err)
		require.Len(t, rows, 1)
		database.Exec(t, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
	}
	_, err = source.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select pg_terminate_backend(pg_backend_pid()) as a"})
	requireFailure(t, err, monitor.FailureConnection, "terminating connection")
}

func TestQuery_ACancellationThatComesEarlyEndsTheStatementToo(t *testing.T) {
	t.Parallel()
	database := newDatabase(t)
	source, err := postgres.Open(database.Address, config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	for delay := time.Duration(0); delay < 5*time.Millisecond; delay += 250 * time.Microsecond {
		ctx, cancel := context.WithTimeout(t.Context(), delay)
		_, err := source.Query(ctx, monitor.Query{SQL: "select pg_sleep(60)"})
		cancel()
		requireFailure(t, err, monitor.FailureCancelled, "deadline exceeded")
	}
	require.Eventually(t, func() bool { return !database.Running(t) }, 10*time.Second, 10*time.Millisecond)
}

func TestQuery_ALimitedRoleMayReadAndNoMore(t *testing.T) {
	t.Parallel()
	address := testenv.Postgres(t)
	role := "reader_" + strings.TrimPrefix(strings.TrimPrefix(mustPath(t, address), "/"), "vedette_test_")
	for _, sql := range []string{
		"create table orders (id int)", "insert into orders values (1)", "create table salaries (id int)",
		fmt.Sprintf("create role %s login password 'hunter2'", role), "grant select on orders to " + role,
	} {
		require.NoError(t, testenv.Exec(t.Context(), address, sql), sql)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		require.NoError(t, testenv.Exec(ctx, address, "drop owned by "+role))
		require.NoError(t, testenv.Exec(ctx, address, "drop role "+role))
	})
	u, err := url.Parse(address)
	require.NoError(t, err)
	u.User = url.UserPassword(role, "hunter2")
	u.Scheme = "postgresql+asyncpg"
	source, err := postgres.Open(monitor.NewSecret(u.String()), config)
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()

	rows, err := source.Query(t.Context(), monitor.Query{SQL: "select id, current_setting('application_name') as name from orders"})
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"id":1,"name":"vedette"}`}, rows)
	for _, sql := range []string{"select id from salaries", "select pg_read_file('/etc/passwd')", "select lo_export(1, '/tmp/x')"} {
		_, err = source.Query(t.Context(), monitor.Query{SQL: sql})
		requireFailure(t, err, monitor.FailureQuery, "permission denied")
	}
}

func mustPath(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	return u.Path
}

func TestQuery_AnEnormousRowIsRefused(t *testing.T) {
	t.Parallel()
	source := open(t, config)
	_, err := source.Query(t.Context(), monitor.Query{SQL: "select repeat('x', 70000000) as a"})
	requireFailure(t, err, monitor.FailureQuery, "64 MiB")
}
