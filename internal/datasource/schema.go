package datasource

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/vedettehq/vedette/internal/monitor"
)

// MaxColumns is how many columns the tables of a database may have together for
// them to be listed.
const MaxColumns = 100_000

// Describer is a source that can say what there is to query. It is optional: a
// source without it is as good for monitors.
type Describer interface {
	// Kind is the kind of database, as the scheme of an address names it.
	Kind() string
	// Tables lists the tables and views that the source may read, by schema and
	// name. Bounds and errors are those of [Source.Query]; more than [MaxColumns]
	// columns are an error.
	Tables(ctx context.Context, database string) ([]Table, error)
}

// Table is a table or view.
type Table struct {
	// Schema is empty where the database has no schemas.
	Schema string
	Name   string
	// Reference is how a statement names it: quoted where it has to be, and with
	// its schema unless it is found without.
	Reference string
	// Kind is table, view, materialized view or foreign table.
	Kind string
	// Columns are in the order of the table.
	Columns []Column
}

// Column is one column of a table.
type Column struct {
	Name string
	// Type is the database's own name of it; empty if it has none.
	Type     string
	Nullable bool
}

// describedColumn is a row of the statement by which an adapter asks for columns.
type describedColumn struct {
	Schema    string
	Name      string
	Reference string
	Kind      string
	// Column is nil for a table without columns.
	Column *string
	Type   *string
	// Required is a bool, or 0 or 1 where the database has none.
	Required any
}

// Described makes tables of a result that has a row for each column, sorted by
// table: schema, name, reference, kind, column, type, required.
func Described(rows monitor.Rows) ([]Table, error) {
	tables := []Table{}
	for _, row := range rows {
		var d describedColumn
		if err := json.Unmarshal([]byte(row), &d); err != nil {
			return nil, fmt.Errorf("read the description of a column: %w", err)
		}
		last := len(tables) - 1
		if last < 0 || tables[last].Schema != d.Schema || tables[last].Name != d.Name {
			tables = append(tables, Table{Schema: d.Schema, Name: d.Name, Reference: d.Reference, Kind: d.Kind})
			last++
		}
		if d.Column != nil {
			tables[last].Columns = append(tables[last].Columns, d.column())
		}
	}
	return tables, nil
}

func (d *describedColumn) column() Column {
	c := Column{Name: *d.Column, Nullable: d.Required != true && d.Required != 1.0}
	if d.Type != nil {
		c.Type = *d.Type
	}
	return c
}
