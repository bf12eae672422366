// Package postgres lets monitors query PostgreSQL: postgres://user:password@host/database.
//
// Each query runs in a transaction of its own that begins read only, has seen a
// snapshot before the statement comes (from then on the server does not let it
// become read-write), and is rolled back. The extended protocol takes one
// statement at a time; one that returns no columns (COPY, DO, SET, COMMIT, NOTIFY,
// LOCK, ...) is not even begun. Afterwards the connection is reset, so that
// nothing of one query reaches the next: no settings, advisory locks, prepared
// statements or temporary tables. A connection whose statement was cut off is
// closed.
//
// What PostgreSQL itself does not count as writing it does not refuse either:
// functions that act on the server or outside of the transaction, such as
// pg_terminate_backend, lo_export, dblink, pg_read_file, and before version 16
// lo_create and its kin, whose effects are rolled back. Only a role without the
// rights to them refuses those, so monitors should be given one that may do no
// more than SELECT.
//
// Values have the form of their type: numbers, booleans, json and arrays are what
// they are in JSON, timestamps are RFC 3339 in UTC (without a zone: read as UTC),
// bytea is base64, void is null, and everything else is the text that PostgreSQL
// prints with DateStyle ISO and IntervalStyle postgres: dates, times, intervals,
// UUIDs, enums, ranges, composites, money. So are infinite timestamps and those
// outside the years 1 to 9999.
//
// It must not know what other databases do.
package postgres
