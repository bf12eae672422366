// Package sqlite lets monitors query SQLite databases: sqlite://path/to/file.db.
//
// Read-only holds by four means, none of which a statement can undo: the file is
// opened read-only and with query_only, an authorizer admits reading and nothing
// else (no ATTACH, no transactions, no temporary tables, no PRAGMA that sets
// anything, no extensions), no database can be attached, and only one statement
// is taken at a time.
//
// Values have the form of their storage class, helped by the declared type of a
// column where a result's column is a table's column and not an expression:
//
//   - DATE, DATETIME and TIMESTAMP text that SQLite's own functions could read is a
//     date or a time in UTC; without a zone it is read as UTC. Numbers are left as
//     they are, since nothing says whether they are seconds or days.
//   - BOOLEAN and BOOL 0 and 1 are false and true.
//   - JSON text is what it says; text that is no JSON stays text.
//   - Any BLOB is base64, JSONB among them: select json(column) instead.
//
// A time given as an argument is text like 2026-11-23T12:00:00.000Z; compare it
// with text of another form through datetime(?).
//
// It must not know what other databases do.
package sqlite
