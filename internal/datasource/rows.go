package datasource

import "github.com/vedettehq/vedette/internal/monitor"

// Builder makes the rows of a result: an object for each, with the columns as
// keys in the statement's order (R08). It is for one result and one goroutine.
type Builder struct {
	columns []string
	// keys are the columns as they stand in the object, with what leads them.
	keys   [][]byte
	bounds Bounds
	rows   monitor.Rows
	bytes  int
	buffer []byte
}

// Bounds are what a result may have at most; 0 does not bound.
type Bounds struct {
	Rows  int
	Bytes int
}

// NewBuilder starts a result. It is a failure if two columns have the same name:
// an object could hold only one of them.
func NewBuilder(columns []string, bounds Bounds) (*Builder, error) {
	b := &Builder{columns: columns, keys: make([][]byte, len(columns)), bounds: bounds, rows: monitor.Rows{}}
	seen := make(map[string]bool, len(columns))
	for i, column := range columns {
		if seen[column] {
			return nil, Failuref(monitor.FailureQuery, "two columns are named %q: give one of them another name (... as other)", column)
		}
		seen[column] = true
		lead := byte(',')
		if i == 0 {
			lead = '{'
		}
		b.keys[i] = append(AppendString([]byte{lead}, column), ':')
	}
	return b, nil
}

// Add adds a row. It calls value for each column, which appends that column's
// value in stored form. A row too many is a failure, never a silent cut.
func (b *Builder) Add(value func(dst []byte, column int) ([]byte, error)) error {
	if b.bounds.Rows > 0 && len(b.rows) == b.bounds.Rows {
		return Failuref(monitor.FailureQuery, "more rows than the limit of %d: narrow the statement down, or raise max_rows", b.bounds.Rows)
	}
	b.buffer = b.buffer[:0]
	for i, key := range b.keys {
		b.buffer = append(b.buffer, key...)
		var err error
		if b.buffer, err = value(b.buffer, i); err != nil {
			return Failuref(monitor.FailureQuery, "column %s: %w", b.columns[i], err)
		}
	}
	if len(b.keys) == 0 {
		b.buffer = append(b.buffer, '{')
	}
	b.buffer = append(b.buffer, '}')
	if b.bytes += len(b.buffer); b.bounds.Bytes > 0 && b.bytes > b.bounds.Bytes {
		return Failuref(monitor.FailureQuery, "more than %d bytes after %d rows: select fewer columns or rows", b.bounds.Bytes, len(b.rows))
	}
	b.rows = append(b.rows, monitor.Data(b.buffer))
	return nil
}

// Rows are the rows added so far.
func (b *Builder) Rows() monitor.Rows { return b.rows }
