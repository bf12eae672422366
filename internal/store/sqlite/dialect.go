package sqlite

import (
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// newDialect says things as SQLite does. It locks nothing row by row, since
// there is one writer, whose ids also become visible in their order.
func newDialect() *sqlstore.Dialect {
	return &sqlstore.Dialect{
		Words: map[string]string{
			"json": "text", "time": "integer", "least": "min",
			"announce": "0", "settled": "9223372036854775807",
			"version": "(select cast(data_version as text) from pragma_data_version)",
		},
		Rows:  rows,
		Quote: func(expression string) string { return "json_quote(" + expression + ")" },
		// Whole milliseconds, as otherwise they are rounded.
		ISO: func(expression string) string {
			return "strftime('%Y-%m-%dT%H:%M:%fZ', " + expression + " / 1000 / 1000.0, 'unixepoch')"
		},
		Steps: func(until, since, step string) string {
			return "((" + until + " - cast(" + since + " as integer)) / cast(" + step + " as integer))"
		},
		Lock: func(string) string { return "" },
		Skip: func(string) string { return "" },
		Time: func(buffer []byte, t time.Time) []byte { return strconv.AppendInt(buffer, t.UnixMicro(), 10) },
	}
}

// rows makes a table of JSON. In binary form, a row need not become text, and be
// parsed again, for each of its columns.
func rows(parameter, alias string, columns []sqlstore.Column) string {
	var b strings.Builder
	b.WriteString("(select key as ord")
	for _, column := range columns {
		b.WriteString(", value ")
		if column.Type == "json" {
			b.WriteString("->")
		} else {
			b.WriteString("->>")
		}
		b.WriteString(" '" + column.Name + "' as " + column.Name)
	}
	b.WriteString(" from jsonb_each(" + parameter + ")) as " + alias)
	return b.String()
}
