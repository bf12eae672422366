package datasourcetest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// testTables is for sources that can say what there is to query; the others pass.
func testTables(t *testing.T, d Driver) {
	f := d.fixture(t, generous)
	describer, ok := f.source.(datasource.Describer)
	if !ok {
		return
	}
	f.Exec(t, `create table "Odd Names" ("a ""b""" int not null, plain text)`)
	f.Exec(t, "create view named as select id, name from items where name is not null")

	require.NotEmpty(t, describer.Kind())
	tables, err := describer.Tables(t.Context(), "shop")
	require.NoError(t, err)
	byName := map[string]datasource.Table{}
	for _, table := range tables {
		byName[table.Name] = table
	}
	require.Len(t, byName, 3, "nothing of the database's own: %v", tables)

	items := byName["items"]
	require.Equal(t, "items", items.Reference)
	require.Equal(t, "table", items.Kind)
	require.Equal(t, []string{"id", "name"}, columnNames(items))
	require.NotEmpty(t, items.Columns[0].Type)
	require.True(t, items.Columns[1].Nullable)
	require.Equal(t, "view", byName["named"].Kind)
	require.Equal(t, []string{"id", "name"}, columnNames(byName["named"]))

	odd := byName["Odd Names"]
	require.Equal(t, []string{`a "b"`, "plain"}, columnNames(odd))
	require.False(t, odd.Columns[0].Nullable)
	require.Empty(t, f.query(t, "select * from "+odd.Reference), "a reference stands in a statement as it is")
}

func testTablesFail(t *testing.T, d Driver) {
	for name, address := range d.Away(t) {
		source, err := d.Open(address, generous)
		require.NoError(t, err, name)
		if describer, ok := source.(datasource.Describer); ok {
			_, err := describer.Tables(t.Context(), "shop")
			requireFailure(t, err, monitor.FailureConnection)
		}
		require.NoError(t, source.Close())
	}
}

func columnNames(t datasource.Table) []string {
	var names []string
	for _, column := range t.Columns {
		names = append(names, column.Name)
	}
	return names
}
