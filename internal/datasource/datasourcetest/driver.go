// Package datasourcetest says what every data source must do, whatever its
// database: [Run] is the contract of the port as tests. What databases do
// differently is data on the [Driver].
//
// It must not know any adapter.
package datasourcetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Driver is an adapter under test, with what is particular to its database.
type Driver struct {
	Open datasource.Opener
	// New makes an empty database.
	New func(t *testing.T) Database
	// Placeholder is the placeholder of the n-th argument, counted from 1, where
	// the statement does not say its type.
	Placeholder func(n int) string
	// In is the condition that a column has one of the elements of argument 1.
	In func(column string) string
	// Forever is a statement that does not end before it is made to.
	Forever string
	// LateForever is one that gives a row first.
	LateForever string
	// Numbers is a statement with one column n and that many rows.
	Numbers func(rows int) string
	// Writes are statements that must be refused, by what they are. The table
	// items(id, name) exists.
	Writes map[string]string
	// Malformed are addresses that [datasource.Opener] must not take. Each has the
	// password "hunter2".
	Malformed []monitor.Secret
	// Away are addresses, by what is wrong, where no database answers. Each has
	// the password "hunter2" if there is one.
	Away func(t *testing.T) map[string]monitor.Secret
}

// Database is one database.
type Database struct {
	Address monitor.Secret
	// Exec runs a statement with all rights.
	Exec func(t *testing.T, sql string)
	// Running tells whether a statement runs on the server right now; nil if
	// there is no server, and a statement cannot outlive its call.
	Running func(t *testing.T) bool
}

var generous = datasource.Config{MaxSize: 4, AcquireTimeout: time.Minute, QueryTimeout: time.Minute, MaxRows: 1000}

// fixture is a source on a database with the table items.
type fixture struct {
	Driver
	Database
	source datasource.Source
}

func (d Driver) fixture(t *testing.T, config datasource.Config) *fixture {
	t.Helper()
	f := &fixture{Driver: d, Database: d.New(t)}
	f.Exec(t, "create table items (id bigint primary key, name varchar(100))")
	f.Exec(t, "insert into items values (1, 'one'), (2, 'two'), (3, 'three'), (4, null)")
	source, err := d.Open(f.Address, config)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, source.Close()) })
	f.source = source
	return f
}

func (f *fixture) query(t *testing.T, sql string, args ...any) monitor.Rows {
	t.Helper()
	rows, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: sql, Args: args})
	require.NoError(t, err, sql)
	return rows
}

func (f *fixture) fails(t *testing.T, kind monitor.FailureKind, sql string, args ...any) string {
	t.Helper()
	rows, err := f.source.Query(t.Context(), monitor.Query{Database: "shop", SQL: sql, Args: args})
	require.Nil(t, rows)
	return requireFailure(t, err, kind)
}

// requireFailure requires a failure that names the database, and gives its message.
func requireFailure(t *testing.T, err error, kind monitor.FailureKind) string {
	t.Helper()
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	require.Equal(t, kind, failure.Kind, failure.Message)
	require.Contains(t, failure.Message, `database "shop": `)
	return failure.Message
}
