package sqlstore

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func testDialect() *Dialect {
	return &Dialect{
		Words: map[string]string{"json": "text"},
		Rows: func(parameter, alias string, columns []Column) string {
			text := "rows(" + parameter
			for _, c := range columns {
				text += "," + c.Name + ":" + c.Type
			}
			return text + ") " + alias
		},
		Quote: func(e string) string { return "quote(" + e + ")" },
		ISO:   func(e string) string { return "iso(" + e + ")" },
		Lock:  func(of string) string { return "lock(" + of + ")" },
		Skip:  func(of string) string { return "skip(" + of + ")" },
	}
}

func TestDialect_FillsInWhatIsLeftOpen(t *testing.T) {
	t.Parallel()
	d := testDialect()
	for sql, want := range map[string]string{
		"select 1":                                "select 1",
		"cast(x as {json}) {lock}":                "cast(x as text) lock()",
		"{quote i.a} {iso i.b}":                   "quote(i.a) iso(i.b)",
		"{lock m} {skip d}":                       "lock(m) skip(d)",
		"from {rows $1 r id bigint, data json} x": "from rows($1,id:bigint,data:json) r x",
		`'{"id":' || '{}' || '}' || {json}`:       `'{"id":' || '{}' || '}' || text`,
	} {
		require.Equal(t, want, d.expand(sql))
		require.Equal(t, want, d.expand(sql), "the second time")
	}
}

func TestDialect_DoesNotLetAWordPassThatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	require.PanicsWithValue(t, "sqlstore: no word for {jsno}", func() { testDialect().expand("{jsno}") })
}
