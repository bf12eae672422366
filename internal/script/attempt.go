package script

import (
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Attempt calls a function and gives its failure as a value. What ends the whole
// call, a limit or a cancellation, is an error: it cannot be caught.
func (s *Scope) Attempt(function starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, *monitor.Failure, error) {
	value, err := s.run(function, args, kwargs)
	stopped := s.invocation.stopped.Load()
	switch {
	case err == nil && stopped != nil:
		return nil, nil, stopped
	case err == nil:
		return value, nil, nil
	}
	failure := s.invocation.program.failureOf(err)
	switch failure.Kind {
	case monitor.FailureLimit, monitor.FailureResult, monitor.FailureCancelled:
		return nil, nil, err
	default:
		if stopped != nil {
			return nil, nil, err
		}
		return nil, failure, nil
	}
}
