package postgres

import (
	"context"
	"errors"
	"net"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/vedettehq/vedette/internal/monitor"
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
	code := ""
	// The driver repeats, over several lines, each address that it tried. What
	// happened at the first one is enough.
	if refusal, ok := errors.AsType[*pgconn.PgError](err); ok {
		code, err = refusal.Code, refusal
	} else if network, ok := errors.AsType[*net.OpError](err); ok {
		err = network
	}
	switch code {
	case pgerrcode.UndefinedTable, pgerrcode.UndefinedColumn:
		return monitor.Errorf(monitor.CodeSchema, "the application database lacks the queue's table: run `vedette migrate up`: %w", err)
	case pgerrcode.InsufficientPrivilege:
		return monitor.Errorf(monitor.CodeInvalid, "the user of the application database lacks a privilege on the queue's table: %w", err)
	case pgerrcode.InvalidPassword, pgerrcode.InvalidAuthorizationSpecification:
		return monitor.Errorf(monitor.CodeInvalid, "the application database refuses the user or password in its address: %w", err)
	case pgerrcode.InvalidCatalogName:
		return monitor.Errorf(monitor.CodeInvalid, "the application database does not exist on this server: create it, or mend the address: %w", err)
	default:
		return monitor.Errorf(monitor.CodeUnavailable, "the queue's database is not available: %w", err)
	}
}
