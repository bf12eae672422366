package httpapi

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the shop of these tests is made with it

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/datasource"
	sqlitesource "github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
)

// withShop gives the server a database.
func withShop(w *world) {
	w.Helper()
	path := filepath.Join(w.TempDir(), "shop.db")
	db, err := sql.Open("sqlite", path)
	require.NoError(w, err)
	_, err = db.ExecContext(w.Context(), "create table orders (id integer primary key, status text not null); insert into orders values (1, 'paid'), (2, '<new>')")
	require.NoError(w, err)
	require.NoError(w, db.Close())
	databases := run.NewDatabases(map[string]func() (datasource.Source, error){
		"shop": func() (datasource.Source, error) {
			return sqlitesource.Open(monitor.NewSecret("sqlite://"+path), datasource.Config{MaxSize: 2, MaxRows: 1000, MaxBytes: 1 << 20})
		},
	}, nil)
	w.Cleanup(func() { require.NoError(w, databases.Close()) })
	w.deps.Databases = databases
}

func TestQueries_GiveRowsInStoredForm(t *testing.T) {
	t.Parallel()
	var log logbook
	w := newWorld(t, withShop, func(w *world) { w.deps.Logger = log.logger() })
	rows, err := w.client.Query(t.Context(), monitor.Query{
		Database: "shop", SQL: "select status, id, ? as n from orders where id in (?) order by id", Args: []any{7.5, []any{int64(1), int64(2)}},
	})
	require.NoError(t, err)
	require.Equal(t, monitor.Rows{`{"status":"paid","id":1,"n":7.5}`, `{"status":"<new>","id":2,"n":7.5}`}, rows)
	rows, err = w.client.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select id from orders where 'hunter2' = ''"})
	require.NoError(t, err)
	require.Empty(t, rows)

	require.Regexp(t, `msg="query by a person" actor=local request_id=\S+ database=shop statement_sha256=`, log.String())
	require.Contains(t, log.String(), "rows=2")
	require.NotContains(t, log.String(), "hunter2", "a statement is nobody's business")
}

func TestQueries_FailAsThoseOfMonitorsDo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withShop)
	for statement, want := range map[string]string{
		"select * from order_items": `database "shop": no such table: order_items`,
		"delete from orders":        "monitors may only read",
		"":                          "the statement is empty",
	} {
		_, err := w.client.Query(t.Context(), monitor.Query{Database: "shop", SQL: statement})
		failure, ok := errors.AsType[*monitor.Failure](err)
		require.True(t, ok, "%v", err)
		require.Equal(t, monitor.FailureQuery, failure.Kind)
		require.Contains(t, failure.Message, want)
	}
	_, err := w.client.Query(t.Context(), monitor.Query{Database: "shpo", SQL: "select 1"})
	require.ErrorContains(t, err, `there is no database "shpo" (did you mean "shop"?)`)
	_, err = w.client.Query(t.Context(), monitor.Query{Database: "shop", SQL: "select id from orders", MaxRows: 1})
	require.ErrorContains(t, err, "more rows than the limit of 1")
}

func TestQueries_RefuseWhatIsNoQuery(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withShop)
	for body, want := range map[string]string{
		`{"sql":"select 1"}`: "database",
		`{"database":"shop","sql":"select ?","args":[{"a":1}]}`:   "argument 1: an object is one of",
		`{"database":"shop","sql":"select 1","timeout":-1}`:       "timeout",
		`{"database":"shop","sql":"select 1","statement":"hmm"}`:  "statement",
		`{"database":"shop","sql":"select 1","timeout":"1 hour"}`: "timeout",
	} {
		got := w.send("POST", "/api/v1/query", body)
		require.Equal(t, 422, got.status, got.body)
		require.Contains(t, got.body, want)
	}
	require.Equal(t, 400, w.send("POST", "/api/v1/query", `{`).status)
}

func TestQueries_EndWithTheConnection(t *testing.T) {
	t.Parallel()
	source := &waitingSource{began: make(chan struct{}), ended: make(chan struct{})}
	w := newWorld(t, func(w *world) { w.deps.Databases = source })
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-source.began
		cancel()
	}()
	_, err := w.client.Query(ctx, monitor.Query{Database: "slow", SQL: "select 1"})
	require.ErrorIs(t, err, context.Canceled)
	<-source.ended
}

// waitingSource has a query that does not end before it is made to.
type waitingSource struct {
	noDatabases
	began, ended chan struct{}
}

func (*waitingSource) Names() []string { return []string{"slow"} }

func (s *waitingSource) Query(ctx context.Context, _ monitor.Query) (monitor.Rows, error) {
	close(s.began)
	<-ctx.Done()
	close(s.ended)
	return nil, datasource.Ended(ctx)
}

func TestQueries_WaitForTheirTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		desk := newQueryDesk(&waitingSource{})
		for range queriesAtOnce {
			desk.places["slow"] <- struct{}{}
		}
		_, err := desk.query(t.Context(), monitor.Query{Database: "slow"})
		failure, ok := errors.AsType[*monitor.Failure](err)
		require.True(t, ok)
		require.Equal(t, monitor.FailureTimeout, failure.Kind)
		require.Contains(t, failure.Message, `database "slow": other people's queries`)
	})
}

func TestDatabases_AreListedWithTheirTables(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withShop)
	databases, err := w.client.Databases(t.Context())
	require.NoError(t, err)
	require.Equal(t, []client.Database{{Name: "shop", Kind: "sqlite"}}, databases)
	tables, err := w.client.Tables(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, []client.Table{{
		Name: "orders", Reference: "orders", Kind: "table",
		Columns: []client.Column{{Name: "id", Type: "INTEGER", Nullable: true}, {Name: "status", Type: "TEXT"}},
	}}, tables)
	_, err = w.client.Tables(t.Context(), "shpo")
	w.code(monitor.CodeNotFound, `there is no database "shpo": there is shop`, err)

	w = newWorld(t)
	databases, err = w.client.Databases(t.Context())
	require.NoError(t, err)
	require.Empty(t, databases)
	_, err = w.client.Tables(t.Context(), "shop")
	w.code(monitor.CodeNotFound, "none is configured", err)
}

func TestQueries_AreAsTheDocumentSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t, withShop)
	d := w.document()
	for _, statement := range []string{"select id from orders", "select nothing from orders"} {
		body, err := json.Marshal(client.Query{Database: "shop", SQL: statement})
		require.NoError(t, err)
		d.matches("POST", "/api/v1/query", w.send("POST", "/api/v1/query", string(body)))
	}
	d.matches("POST", "/api/v1/query", w.send("POST", "/api/v1/query", `{"sql":7}`))
	for _, name := range []string{"shop", "shpo"} {
		path := fmt.Sprintf("/api/v1/databases/%s/tables", name)
		d.matches("GET", "/api/v1/databases/{name}/tables", w.send("GET", path, ""))
	}
	d.matches("GET", "/api/v1/databases", w.send("GET", "/api/v1/databases", ""))
}
