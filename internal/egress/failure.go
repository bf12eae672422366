package egress

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"

	"github.com/vedettehq/vedette/internal/monitor"
)

// failureOf says why there is no response, in the words and kinds that code sees.
func failureOf(ctx context.Context, request *monitor.Request, err error) *monitor.Failure {
	if ctx.Err() != nil {
		return ended(ctx, request)
	}
	if refused, ok := errors.AsType[*refusal](err); ok {
		return failuref(monitor.FailureHTTP, "%s: %w", named(request), refused)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err // it names the whole URL
	}
	if untrusted, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return failuref(monitor.FailureConnection, "%s: the server's certificate is not trusted: %w", named(request), untrusted.Err)
	}
	if network, ok := errors.AsType[net.Error](err); ok && network.Timeout() {
		return failuref(monitor.FailureTimeout, "%s: %w", named(request), err)
	}
	return failuref(monitor.FailureConnection, "%s: %w", named(request), err)
}

// ended is the failure of a call that was cut short: by its own timeout, by a
// limit of the run, or because the process has to stop.
func ended(ctx context.Context, request *monitor.Request) *monitor.Failure {
	cause := context.Cause(ctx)
	failure, ok := errors.AsType[*monitor.Failure](cause)
	switch {
	case !ok:
		return failuref(monitor.FailureCancelled, "cancelled: %w", cause)
	case failure.Kind == monitor.FailureTimeout:
		return failuref(failure.Kind, "%s: %s", named(request), failure.Message)
	}
	return failure
}

func failuref(kind monitor.FailureKind, format string, args ...any) *monitor.Failure {
	return &monitor.Failure{Kind: kind, Message: fmt.Errorf(format, args...).Error()}
}
