// Package migrations holds the schema of the application database, as the steps
// that build it up and take it down again, for each kind of database.
//
// It must not know how the steps are run, nor what the tables are for.
package migrations

import (
	"embed"
	"io/fs"
	"strconv"
	"strings"
)

// Needs is the oldest schema version that this binary can work with: raise it
// in the change whose statements use what a newer version brought.
//
// In the other direction each migration records, in schema_compatibility, the
// oldest binary (by the newest version that it has) that can still work with
// the schema it makes. So schema and binary may differ by a release while both
// are being rolled out. A migration that takes something away needs two steps:
// first a release that no longer uses it, then the one that removes it.
const Needs = 6

//go:embed postgres/*.sql sqlite/*.sql
var files embed.FS

// Postgres has the steps for PostgreSQL.
func Postgres() fs.FS { return sub("postgres") }

// SQLite has the steps for SQLite.
func SQLite() fs.FS { return sub("sqlite") }

// Newest is the newest version among the steps.
func Newest(steps fs.FS) int {
	entries, err := fs.ReadDir(steps, ".")
	if err != nil {
		panic("migrations: embedded steps cannot be listed: " + err.Error())
	}
	newest := 0
	for _, entry := range entries {
		digits, _, _ := strings.Cut(entry.Name(), "_")
		if version, err := strconv.Atoi(digits); err == nil {
			newest = max(newest, version)
		}
	}
	return newest
}

func sub(dir string) fs.FS {
	steps, err := fs.Sub(files, dir)
	if err != nil {
		panic("migrations: " + err.Error())
	}
	return steps
}
