// Package postgres is the store on PostgreSQL, for any number of processes.
//
// Transactions are READ COMMITTED and lock rows: the monitor's first, and for as
// short as possible. Statements that do not need each other's results travel
// together.
//
// It connects sqlstore to the server and must not contain statements about
// monitors, issues or anything else that is stored.
package postgres
