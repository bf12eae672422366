package sqlite

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// failure says what an error of the driver means for a query. A nil error stays nil.
func (c *connection) failure(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return datasource.Ended(ctx)
	}
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		return failure
	}
	if c.guard.denied != "" {
		return datasource.Refused(c.guard.denied)
	}
	failed, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return datasource.Failuref(monitor.FailureQuery, "%w", err)
	}
	text := message(failed)
	switch failed.Code() & 0xff { // without what extends it
	case lib.SQLITE_READONLY:
		if c.guard.change != "" {
			return datasource.Refused(c.guard.change)
		}
		return datasource.Failuref(monitor.FailureConnection, "the file needs a repair that reading cannot do; open it once for writing: %s", text)
	case lib.SQLITE_CANTOPEN, lib.SQLITE_NOTADB, lib.SQLITE_CORRUPT, lib.SQLITE_IOERR, lib.SQLITE_PERM, lib.SQLITE_PROTOCOL:
		return datasource.Failuref(monitor.FailureConnection, "read the database: %s", text)
	case lib.SQLITE_TOOBIG:
		return datasource.Failuref(monitor.FailureQuery, "a value is longer than 64 MiB")
	default:
		if strings.HasSuffix(text, "may not be modified") { // tables of SQLite's own
			return datasource.Refused(text)
		}
		return datasource.Failuref(monitor.FailureQuery, "%s", text)
	}
}

var resultCode = regexp.MustCompile(` \(\d+\)$`)

// message is what SQLite said, without the words that every error has.
func message(err *sqlite.Error) string {
	return strings.TrimPrefix(resultCode.ReplaceAllString(err.Error(), ""), "SQL logic error: ")
}
