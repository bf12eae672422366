package lib

import (
	"errors"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// passedOn passes a failure of the host on; any other error gets the kind. What
// ended the run as a whole, while the host was waiting, is not one that code may
// catch.
func passedOn(s *script.Scope, err error, kind monitor.FailureKind) error {
	failure, ok := errors.AsType[*monitor.Failure](err)
	if !ok {
		failure = &monitor.Failure{Kind: kind, Message: err.Error()}
	}
	if failure.Kind == monitor.FailureCancelled || failure.Kind == monitor.FailureLimit {
		return s.Stop(failure.Kind, "%s", failure.Message)
	}
	return failure
}
