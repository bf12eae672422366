// Package sqlite is the store on an SQLite file: the embedded one, which needs
// no server. One process at a time has the file, which a lock beside it sees to;
// within the process there is one writer, and readers that do not wait for it.
//
// It connects sqlstore to the file and must not contain statements about
// monitors, issues or anything else that is stored.
package sqlite
