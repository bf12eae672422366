package floor

import (
	"context"
	"fmt"
	"strings"
)

// DB runs bare statements. It is safe for concurrent use.
type DB interface {
	// Do runs the statements in one transaction, in as few round trips as the
	// driver can, and reads whatever they return.
	Do(ctx context.Context, statements ...Statement) error
	// Close releases the connections.
	Close() error

	// rows spells the JSON array of objects in $1 as a table r of these columns.
	rows(columns string) string
	// words are what differs between the databases' data definitions.
	words() map[string]string
}

// Statement is SQL with its arguments. In its text {rows a text, b json} stands
// for the JSON array in $1 as table r; other words in braces are for the schema.
type Statement struct {
	SQL  string
	Args []any
}

// expand fills in the words in braces.
func expand(db DB, sql string) string {
	for word, meaning := range db.words() {
		sql = strings.ReplaceAll(sql, "{"+word+"}", meaning)
	}
	const token = "{rows "
	start := strings.Index(sql, token)
	if start < 0 {
		return sql
	}
	columns, rest, _ := strings.Cut(sql[start+len(token):], "}")
	return sql[:start] + db.rows(columns) + rest
}

// Setup makes the tables anew.
func Setup(ctx context.Context, db DB) error {
	for statement := range strings.SplitSeq(schema, ";") {
		if err := db.Do(ctx, Statement{SQL: statement}); err != nil {
			return fmt.Errorf("set up the floor's tables: %w", err)
		}
	}
	return nil
}
