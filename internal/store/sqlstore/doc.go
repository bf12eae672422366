// Package sqlstore is the store in SQL: every statement, written once for all
// databases, next to the code that reads its result.
//
// What differs between databases is small and in two places: a [Database] runs
// statements and translates errors, and a [Dialect] fills in the words in braces
// that the statements leave open. postgres and sqlite provide both.
//
// Two habits hold throughout. A statement that writes many rows takes them as
// one JSON array, so that the number of statements does not depend on the number
// of rows; and a transaction that writes locks the monitor's row before anything
// else, so that no two of them wait for each other in a circle.
//
// It must not know which database it runs on, and it decides nothing about
// issues and alerts: plans come from lifecycle.
package sqlstore
