package datasourcetest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/monitor"
)

func testRows(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	rows := f.query(t, "select name, id, id * 2.5 as price from items where id > 2 order by id")
	require.Equal(t, monitor.Rows{
		`{"name":"three","id":3,"price":7.5}`,
		`{"name":null,"id":4,"price":10}`,
	}, rows)
	none := f.query(t, "select id from items where id > 100")
	require.NotNil(t, none)
	require.Empty(t, none)
	require.NoError(t, f.source.Ping(t.Context()))
}

func testColumns(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	message := f.fails(t, monitor.FailureQuery, "select a.id, b.name, b.id from items a join items b on a.id = b.id")
	require.Contains(t, message, `two columns are named "id"`)
}

func testWrongStatement(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	require.Contains(t, f.fails(t, monitor.FailureQuery, "select * from itens"), "itens")
	require.Contains(t, f.fails(t, monitor.FailureQuery, "select nome from items"), "nome")
	require.Contains(t, f.fails(t, monitor.FailureQuery, "selct 1"), "selct")
	for _, empty := range []string{"", " \n"} {
		require.Contains(t, f.fails(t, monitor.FailureQuery, empty), "empty")
	}
	f.fails(t, monitor.FailureQuery, "-- nothing")
	f.fails(t, monitor.FailureQuery, "/* nothing */ ;")
	require.Len(t, f.query(t, "select id from items"), 4, "the connection is as good as before")
}

func testOneStatement(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	require.Len(t, f.query(t, "select id from items;\n-- that was all\n"), 4)
	for _, sql := range []string{"select 1 as a; select 2 as b", "select 1 as a; delete from items", "select 1 as a;/**/commit; delete from items"} {
		f.fails(t, monitor.FailureQuery, sql)
	}
	require.Len(t, f.query(t, "select id from items"), 4)
}

func testConcurrency(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	var group errgroup.Group
	for i := range 40 {
		group.Go(func() error {
			sql := fmt.Sprintf("select id, %d as caller from items order by id", i)
			rows, err := f.source.Query(t.Context(), monitor.Query{SQL: sql})
			if err == nil && (len(rows) != 4 || rows[3] != monitor.Data(fmt.Sprintf(`{"id":4,"caller":%d}`, i))) {
				err = fmt.Errorf("caller %d got somebody else's rows: %s", i, rows)
			}
			return err
		})
	}
	require.NoError(t, group.Wait())
}
