package postgres

import (
	"context"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

var _ datasource.Describer = (*Source)(nil)

// Kind is the scheme of addresses.
func (s *Source) Kind() string { return "postgres" }

// Tables lists what the role may read, without the server's own and without
// partitions: they are read through their table.
func (s *Source) Tables(ctx context.Context, database string) ([]datasource.Table, error) {
	rows, err := s.Query(ctx, monitor.Query{Database: database, MaxRows: datasource.MaxColumns, SQL: `
		select n.nspname::text as schema, c.relname::text as name,
			case when pg_table_is_visible(c.oid) then '' else quote_ident(n.nspname) || '.' end || quote_ident(c.relname) as reference,
			case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end as kind,
			a.attname::text as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
		from pg_catalog.pg_class c
		join pg_catalog.pg_namespace n on n.oid = c.relnamespace
		left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
			and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
			and has_schema_privilege(n.oid, 'usage')
			and (has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select'))
		order by n.nspname, c.relname, a.attnum`})
	if err != nil {
		return nil, err
	}
	return datasource.Described(rows)
}
