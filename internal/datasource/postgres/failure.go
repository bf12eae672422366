package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/vedettehq/vedette/internal/datasource"
	"github.com/vedettehq/vedette/internal/monitor"
)

// failure says what an error means for the query that met it.
func failure(ctx context.Context, err error, sql string) *monitor.Failure {
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		return failure
	}
	if ctx.Err() != nil {
		return datasource.Ended(ctx)
	}
	if _, ok := errors.AsType[*pgproto3.ExceededMaxBodyLenErr](err); ok {
		return datasource.Failuref(monitor.FailureQuery, "a row is longer than 64 MiB")
	}
	refused, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return datasource.Failuref(monitor.FailureConnection, "the connection was lost: %w", err)
	}
	switch code := refused.Code; {
	case isRefusal(code), strings.HasSuffix(refused.Message, "is not allowed in a non-volatile function"):
		return datasource.Refused(refused.Message)
	case code == pgerrcode.QueryCanceled:
		return datasource.Failuref(monitor.FailureTimeout, "the server ended the query: %s", refused.Message)
	case isAway(code):
		return datasource.Failuref(monitor.FailureConnection, "%s", describe(refused, sql))
	default:
		return datasource.Failuref(monitor.FailureQuery, "%s", describe(refused, sql))
	}
}

// isRefusal tells whether it is because the transaction can only read.
func isRefusal(code string) bool {
	return pgerrcode.IsInvalidTransactionState(code) || pgerrcode.IsInvalidTransactionTermination(code)
}

// isAway tells whether it is the server that cannot, not the statement that is wrong.
func isAway(code string) bool {
	switch code {
	case pgerrcode.AdminShutdown, pgerrcode.CrashShutdown, pgerrcode.CannotConnectNow, pgerrcode.DatabaseDropped,
		pgerrcode.IdleSessionTimeout, pgerrcode.TooManyConnections:
		return true
	}
	return pgerrcode.IsConnectionException(code)
}

// describe is what the server said, with where it points at and what it advises.
func describe(err *pgconn.PgError, sql string) string {
	var text strings.Builder
	text.WriteString(err.Message)
	if err.Position > 0 {
		line, column := place(sql, int(err.Position))
		fmt.Fprintf(&text, " at line %d, column %d of the statement", line, column)
	}
	fmt.Fprintf(&text, " (%s)", err.Code)
	for _, more := range []string{err.Detail, err.Hint} {
		if more != "" {
			text.WriteString("; " + more)
		}
	}
	return text.String()
}

// place turns a position in characters into line and column, all counted from 1.
func place(sql string, position int) (line, column int) {
	characters := []rune(sql)
	before := string(characters[:min(position-1, len(characters))])
	line = 1 + strings.Count(before, "\n")
	return line, 1 + len([]rune(before[strings.LastIndex(before, "\n")+1:]))
}

// connectFailure is the failure of a connection that was not made. It tells the
// innermost reason, not the user and the host around it, which the reader has in
// the configuration.
func connectFailure(err error) *monitor.Failure {
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok {
		return datasource.Failuref(monitor.FailureConnection, "connect: %s", describe(refused, ""))
	}
	if dial, ok := errors.AsType[*net.OpError](err); ok {
		return datasource.Failuref(monitor.FailureConnection, "connect: %w", dial)
	}
	if attempt, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		err = attempt.Unwrap()
	}
	return datasource.Failuref(monitor.FailureConnection, "connect: %s", strings.Join(strings.Fields(err.Error()), " "))
}
