package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
)

// translate gives errors of the server and the connection their code, and words
// that say what to do.
func translate(err error) error {
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	// The time that connecting may take is not the caller's: a server that does not
	// answer in time is away.
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) && !connecting {
		return err
	}
	if connecting {
		err = oneLine{err}
	}
	if refusal, ok := errors.AsType[*pgconn.PgError](err); ok {
		translated := translateRefusal(refusal, err)
		if connecting && monitor.CodeOf(translated) == monitor.CodeInternal {
			return monitor.Errorf(monitor.CodeUnavailable, "the application database lets nobody in: %w", err)
		}
		return translated
	}
	_, network := errors.AsType[net.Error](err)
	if connecting || network || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "closed pool") {
		return monitor.Errorf(monitor.CodeUnavailable, "the application database cannot be reached, see whether its server runs at this address: %w", err)
	}
	return err
}

func translateRefusal(refusal *pgconn.PgError, err error) error {
	code := refusal.Code
	switch {
	case code == pgerrcode.SerializationFailure || code == pgerrcode.DeadlockDetected:
		return monitor.Errorf(monitor.CodeUnavailable, "%w", fmt.Errorf("%w: %w", sqlstore.ErrAgain, err))
	case code == pgerrcode.LockNotAvailable:
		return monitor.Errorf(monitor.CodeUnavailable, "somebody else is changing this and took too long: try again: %w", err)
	case pgerrcode.IsConnectionException(code) || pgerrcode.IsOperatorIntervention(code) || pgerrcode.IsInsufficientResources(code) || pgerrcode.IsSystemError(code):
		return monitor.Errorf(monitor.CodeUnavailable, "the application database is not available: %w", err)
	case code == pgerrcode.ReadOnlySQLTransaction:
		return monitor.Errorf(monitor.CodeUnavailable, "the application database is read-only, perhaps a standby: use the address of the primary: %w", err)
	case code == pgerrcode.InvalidPassword || code == pgerrcode.InvalidAuthorizationSpecification:
		return monitor.Errorf(monitor.CodeInvalid, "the application database refuses the user or password in its address: %w", err)
	case code == pgerrcode.InvalidCatalogName:
		return monitor.Errorf(monitor.CodeInvalid, "the application database does not exist on this server: create it, or mend the address: %w", err)
	case code == pgerrcode.InsufficientPrivilege:
		return monitor.Errorf(monitor.CodeInvalid, "the user of the application database lacks a privilege: %w", err)
	case code == pgerrcode.UndefinedTable || code == pgerrcode.UndefinedColumn || code == pgerrcode.UndefinedFunction:
		return monitor.Errorf(monitor.CodeSchema, "the application database lacks what this binary needs, run `vedette migrate up`: %w", err)
	case pgerrcode.IsIntegrityConstraintViolation(code):
		return monitor.Errorf(monitor.CodeInternal, "the database refuses what must not be, which is a bug of ours: %w", err)
	}
	return err
}

// oneLine shows the error of a connection in one line. The driver gives a line to
// each attempt, and where TLS is optional tries each host twice.
type oneLine struct{ error }

func (e oneLine) Error() string {
	first, rest, _ := strings.Cut(e.error.Error(), "\n")
	var attempts []string
	for attempt := range strings.Lines(rest) {
		if attempt = strings.TrimSpace(attempt); !slices.Contains(attempts, attempt) {
			attempts = append(attempts, attempt)
		}
	}
	return strings.TrimSpace(first + " " + strings.Join(attempts, "; "))
}

// Unwrap gives what the driver said.
func (e oneLine) Unwrap() error { return e.error }
