package datasource

import (
	"context"
	"errors"
	"fmt"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Failuref makes a failure. Monitor code sees its message, so it says what was
// wrong and what would help.
func Failuref(kind monitor.FailureKind, format string, args ...any) *monitor.Failure {
	return &monitor.Failure{Kind: kind, Message: fmt.Errorf(format, args...).Error()}
}

// Refused is the failure of a statement that does more than read. what names it
// as far as is known.
func Refused(what string) *monitor.Failure {
	return Failuref(monitor.FailureQuery, "refused: %s; monitors may only read", what)
}

// Mismatched is the failure of a statement that was given too few or too many
// arguments for its placeholders.
func Mismatched(takes, given int) *monitor.Failure {
	noun, verb := "arguments", "were"
	if takes == 1 {
		noun = "argument"
	}
	if given == 1 {
		verb = "was"
	}
	return Failuref(monitor.FailureQuery, "the statement's placeholders take %d %s, but %d %s given", takes, noun, given, verb)
}

// Ended is the failure of what stopped because ctx ended: the limit that was
// hit, if the context's cause is one, else a cancellation.
func Ended(ctx context.Context) *monitor.Failure {
	cause := context.Cause(ctx)
	if failure, ok := errors.AsType[*monitor.Failure](cause); ok {
		return failure
	}
	return Failuref(monitor.FailureCancelled, "cancelled: %w", cause)
}

// Named is err as a failure whose message leads with the database's name. What
// is no failure yet is one of the statement.
func Named(database string, err error) *monitor.Failure {
	failure, ok := errors.AsType[*monitor.Failure](err)
	if !ok {
		failure = Failuref(monitor.FailureQuery, "%w", err)
	}
	named := *failure
	if database != "" {
		named.Message = fmt.Sprintf("database %q: %s", database, failure.Message)
	}
	return &named
}
