package datasourcetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func testWrites(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	before := f.query(t, "select * from items order by id")
	for name, sql := range d.Writes {
		message := f.fails(t, monitor.FailureQuery, sql)
		require.Contains(t, message, "may only read", "%s: the reason is not said", name)
		require.Equal(t, before, f.query(t, "select * from items order by id"), name)
	}
}

// testWritesLeaveNothing runs each refused statement on the only connection and
// looks whether a plain write is still refused afterwards.
func testWritesLeaveNothing(t *testing.T, d Driver) {
	config := generous
	config.MaxSize = 1
	f := d.fixture(t, config)
	for name, sql := range d.Writes {
		f.fails(t, monitor.FailureQuery, sql)
		for _, write := range []string{"delete from items", "delete from items returning id", "create temporary table mine (id bigint)"} {
			_, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: write})
			require.Contains(t, requireFailure(t, err, monitor.FailureQuery), "may only read", "%s after %s", write, name)
		}
	}
	require.Len(t, f.query(t, "select id from items"), 4)
}
