package monitor

import "time"

// Query is a statement that monitor code wants to run on one of the databases.
type Query struct {
	// Database is the name under which it is configured (DATABASE_<NAME>).
	Database string
	// SQL has the database's own placeholders.
	SQL string
	// Args are nil, bool, int64, *big.Int, float64, string, time.Time, [Data] (a
	// dict or anything else to be sent as JSON) or []any of these.
	Args []any
	// Timeout bounds the statement; 0: the configured default.
	Timeout time.Duration
	// MaxRows is the most rows the result may have: more are an error. 0: the
	// configured default.
	MaxRows int
}

// Rows are what a query returned: an object in stored form for each row, with
// the columns as keys in the statement's order.
type Rows []Data
