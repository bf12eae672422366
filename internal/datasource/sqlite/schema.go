package sqlite

import (
	"context"
	"errors"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

var _ datasource.Describer = (*Source)(nil)

// Kind is the scheme of addresses.
func (s *Source) Kind() string { return "sqlite" }

// Tables lists tables and views. A view of something that is not there any more
// has no columns that anybody could know: it is listed without.
func (s *Source) Tables(ctx context.Context, database string) ([]datasource.Table, error) {
	rows, err := s.Query(ctx, columnsOf(database, "join pragma_table_xinfo(s.name) c where true"))
	if isQueryFailure(err) {
		return s.oneByOne(ctx, database)
	}
	if err != nil {
		return nil, err
	}
	return datasource.Described(rows)
}

// oneByOne lists tables where one of them cannot be described, which would fail
// a statement that asks for all.
func (s *Source) oneByOne(ctx context.Context, database string) ([]datasource.Table, error) {
	names, err := s.Query(ctx, columnsOf(database, "left join (select 0 as cid, null as name, '' as type, 0 as \"notnull\", 0 as hidden) c where true"))
	if err != nil {
		return nil, err
	}
	tables, err := datasource.Described(names)
	if err != nil {
		return nil, err
	}
	for i := range tables {
		rows, err := s.Query(ctx, columnsOf(database, "join pragma_table_xinfo(s.name) c where s.name = ?", tables[i].Name))
		if isQueryFailure(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		whole, err := datasource.Described(rows)
		if err != nil {
			return nil, err
		}
		if len(whole) == 1 {
			tables[i] = whole[0]
		}
	}
	return tables, nil
}

// columnsOf asks for tables s and their columns c. SQLite has no function that
// quotes a name only where it has to be.
func columnsOf(database, columns string, args ...any) monitor.Query {
	return monitor.Query{Database: database, MaxRows: datasource.MaxColumns, Args: args, SQL: `
		select '' as schema, s.name,
			case when s.name glob '[a-zA-Z_]*' and s.name not glob '*[^a-zA-Z0-9_]*' then s.name
				else '"' || replace(s.name, '"', '""') || '"' end as reference,
			s.type as kind, c.name as "column", nullif(c.type, '') as type, c."notnull" as required
		from sqlite_schema s ` + columns + `
			and s.type in ('table', 'view') and s.name not glob 'sqlite_*' and c.hidden <> 1
		order by s.name, c.cid`}
}

func isQueryFailure(err error) bool {
	failure, ok := errors.AsType[*monitor.Failure](err)
	return ok && failure.Kind == monitor.FailureQuery
}
