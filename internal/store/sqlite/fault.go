package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/vedettehq/vedette/internal/monitor"
)

// translator gives errors of SQLite their code, and words that say what to do.
type translator struct{ path string }

func (t translator) translate(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if errors.Is(err, sql.ErrConnDone) {
		return monitor.Errorf(monitor.CodeUnavailable, "database file %s has been closed: %w", t.path, err)
	}
	fault, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch fault.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return monitor.Errorf(monitor.CodeUnavailable, "database file %s is locked by another program: %w", t.path, err)
	case sqlite3.SQLITE_FULL:
		return monitor.Errorf(monitor.CodeUnavailable, "no room left to write database file %s: %w", t.path, err)
	case sqlite3.SQLITE_READONLY:
		return monitor.Errorf(monitor.CodeUnavailable, "database file %s or its directory cannot be written: %w", t.path, err)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM:
		return monitor.Errorf(monitor.CodeUnavailable, "database file %s cannot be read or written: %w", t.path, err)
	case sqlite3.SQLITE_NOTADB:
		return monitor.Errorf(monitor.CodeInvalid, "%s is not an SQLite database: name another file, or move this one away: %w", t.path, err)
	case sqlite3.SQLITE_CORRUPT:
		return monitor.Errorf(monitor.CodeInternal, "database file %s is damaged: restore it from a backup: %w", t.path, err)
	case sqlite3.SQLITE_CONSTRAINT:
		return monitor.Errorf(monitor.CodeInternal, "the database refuses what must not be, which is a bug of ours: %w", err)
	}
	if message := fault.Error(); strings.Contains(message, "no such table") || strings.Contains(message, "no such column") {
		return monitor.Errorf(monitor.CodeSchema, "database file %s lacks what this binary needs, run `vedette migrate up`: %w", t.path, err)
	}
	return err
}
