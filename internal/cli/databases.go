package cli

import (
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Databases shows the databases that monitors query.
func Databases() Table[client.Database] {
	return Table[client.Database]{
		{Title: "NAME", flexible: true, Cell: func(_ *Screen, d *client.Database) string { return oneLine(d.Name) }},
		{Title: "KIND", Cell: func(_ *Screen, d *client.Database) string { return oneLine(d.Kind) }},
	}
}

// Tables shows the tables of a database.
func Tables() Table[client.Table] {
	return Table[client.Table]{
		{Title: "TABLE", flexible: true, Cell: func(_ *Screen, t *client.Table) string { return oneLine(t.Reference) }},
		{Title: "KIND", Cell: func(_ *Screen, t *client.Table) string { return oneLine(t.Kind) }},
		{Title: "COLUMNS", right: true, Cell: func(_ *Screen, t *client.Table) string { return strconv.Itoa(len(t.Columns)) }},
	}
}

// Columns shows the columns of a table.
func Columns() Table[client.Column] {
	return Table[client.Column]{
		{Title: "COLUMN", flexible: true, Cell: func(_ *Screen, c *client.Column) string { return oneLine(c.Name) }},
		{Title: "TYPE", flexible: true, Cell: func(_ *Screen, c *client.Column) string { return oneLine(c.Type) }},
		{Title: "NULLABLE", Cell: func(_ *Screen, c *client.Column) string { return yesNo(c.Nullable) }},
	}
}
