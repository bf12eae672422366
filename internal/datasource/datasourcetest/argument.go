package datasourcetest

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func testArguments(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	name := func(argument any) monitor.Rows {
		return f.query(t, "select id from items where name = "+d.Placeholder(1), argument)
	}
	id := func(argument any) monitor.Rows {
		return f.query(t, "select id from items where id = "+d.Placeholder(1), argument)
	}
	f.Exec(t, `insert into items values (7, '7'), (8, '2026-11-23T12:00:00.5Z'), (9, '2026-11-23T12:00:00.500Z'), (10, '{"a":[1]}'), (11, 'it''s "?" $1 \ é')`)

	require.Equal(t, monitor.Rows{`{"id":2}`}, name("two"))
	require.Equal(t, monitor.Rows{`{"id":7}`}, name(int64(7)), "an int for text is sent as its text")
	require.Equal(t, monitor.Rows{`{"id":7}`}, name("7"))
	require.Empty(t, name(nil), "nothing equals NULL")
	require.Equal(t, monitor.Rows{`{"id":9}`}, name(time.Date(2026, 11, 23, 13, 0, 0, 500_000_000, time.FixedZone("", 3600))))
	require.Equal(t, monitor.Rows{`{"id":10}`}, name(monitor.Data(`{"a":[1]}`)))
	require.Equal(t, monitor.Rows{`{"id":11}`}, name(`it's "?" $1 \ é`))
	require.Equal(t, monitor.Rows{`{"id":7}`}, id(int64(7)))
	require.Equal(t, monitor.Rows{`{"id":7}`}, id(big.NewInt(7)))
	require.Equal(t, monitor.Rows{`{"id":7}`}, id(float64(7)))

	f.Exec(t, "insert into items values (9223372036854775807, 'largest')")
	require.Equal(t, monitor.Rows{`{"id":9223372036854775807}`}, id(int64(9223372036854775807)), "no digit is lost on the way there and back")
}

func testLists(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	f.Exec(t, "insert into items values (7, '7')")
	ids, names := "select id from items where "+d.In("id")+" order by id", "select id from items where "+d.In("name")+" order by id"

	require.Equal(t, monitor.Rows{`{"id":1}`, `{"id":3}`}, f.query(t, ids, []any{int64(3), int64(1), int64(99)}))
	require.Equal(t, monitor.Rows{`{"id":2}`}, f.query(t, ids, []any{int64(2)}))
	require.Equal(t, monitor.Rows{`{"id":2}`, `{"id":7}`}, f.query(t, names, []any{"two", int64(7), nil, `a "quoted", {odd} \one`}))
	require.Empty(t, f.query(t, ids, []any{}), "in nothing matches nothing")
	require.Len(t, f.query(t, "select id from items where not "+d.In("id"), []any{}), 5, "not in nothing matches everything")

	var many []any
	for i := range 50_000 {
		many = append(many, int64(i))
	}
	require.Len(t, f.query(t, ids, many), 5)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	require.Equal(t, monitor.Rows{`{"id":7}`}, f.query(t, names, many))
	many[0] = int64(7)
	many[7] = "x"
	require.Equal(t, monitor.Rows{`{"id":7}`}, f.query(t, names, many), "however long the list, an int for text is sent as its text")
}

func testQuotedPlaceholders(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	rows := f.query(t, "select '? $1 :a @b' as \"a ? $1\", id /* ? $1 ' */ from items -- ? $1 '\nwhere id = "+d.Placeholder(1), int64(1))
	require.Equal(t, monitor.Rows{`{"a ? $1":"? $1 :a @b","id":1}`}, rows)
}

func testArgumentCount(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	sql := fmt.Sprintf("select id from items where id in (%s, %s)", d.Placeholder(1), d.Placeholder(2))
	require.Contains(t, f.fails(t, monitor.FailureQuery, sql, int64(1)), "take 2 arguments, but 1 was given")
	require.Contains(t, f.fails(t, monitor.FailureQuery, sql, int64(1), int64(2), int64(3)), "2 arguments, but 3 were given")
	require.Contains(t, f.fails(t, monitor.FailureQuery, "select 1 as a", "x"), "0 arguments, but 1 was given")
	require.Contains(t, f.fails(t, monitor.FailureQuery, sql), "2 arguments, but 0 were given")
}
