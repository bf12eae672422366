package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// entries calls a routine that returns entries. Only if ok does what it returned
// count.
func (s *session) entries(ctx context.Context, name string, call func(context.Context, script.Call) (monitor.Returned, error)) (returned monitor.Returned, host *host, ok bool) {
	host, ok = s.routine(ctx, name, func(ctx context.Context, circumstances script.Call) (int, error) {
		var err error
		returned, err = call(ctx, circumstances)
		s.diary.clean(name, returned.Entries)
		return len(returned.Entries), err
	})
	return returned, host, ok
}

// routine calls one routine within its own time and with a host of its own,
// reports on it, and keeps the variables it set if it came through whole (R02,
// R06). call also says how many entries or answers came back.
func (s *session) routine(ctx context.Context, name string, call func(context.Context, script.Call) (int, error)) (*host, bool) {
	if ctx.Err() != nil {
		return nil, false
	}
	host := s.newHost(name)
	circumstances := s.call
	circumstances.Host = host

	limit, timeout := s.timeout()
	limited, cancel := within(ctx, limit, timeout)
	defer cancel()
	start := time.Now()
	count, err := call(limited, circumstances)
	report := monitor.Routine{
		Name:     name,
		Seconds:  time.Since(start).Seconds(),
		Returned: count,
		Error:    notedFailure(s.diary.secrets.redactor(), failureOf(limited, err)),
	}
	s.outcome.Report.Routines = append(s.outcome.Report.Routines, report)
	s.runner.metrics.observe(s.loaded.Monitor.Name, report)
	s.keep(host, report)
	return host, report.Error == nil
}

// keep notes what became of the routine's side effects.
func (s *session) keep(host *host, report monitor.Routine) {
	if host.incomplete != "" {
		reason := s.diary.secrets.redactor().Text(host.incomplete)
		s.outcome.Report.Incomplete = joinReasons(s.outcome.Report.Incomplete, reason)
	}
	if report.Error == nil && host.incomplete == "" && len(host.written) > 0 {
		s.outcome.Variables = append(s.outcome.Variables, monitor.RoutineVariables{Routine: report.Name, Values: host.written})
	}
}

// timeout bounds each of the monitor's routines, and is named by the option or
// configuration that sets it.
func (s *session) timeout() (limit string, timeout time.Duration) {
	if own := s.declaration.Options.ExecutionTimeout; own > 0 {
		return "execution_timeout", own
	}
	return "monitor_timeout", s.runner.config.RoutineTimeout
}

// within bounds a call; what ends it names the limit.
func within(ctx context.Context, limit string, timeout time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, timeout, &monitor.Failure{
		Kind:    monitor.FailureLimit,
		Message: fmt.Sprintf("took longer than its %s of %s", limit, timeout),
	})
}

// failureOf is how a call failed, or nil. If its time is over or the run was
// stopped, that is the reason, whatever it led to in the code; a call that
// finished all the same came too late.
func failureOf(ctx context.Context, err error) *monitor.Failure {
	failure := asFailure(err)
	if ctx.Err() == nil {
		return failure
	}
	reason := asFailure(context.Cause(ctx))
	if reason.Kind != monitor.FailureLimit {
		reason = &monitor.Failure{Kind: monitor.FailureCancelled, Message: reason.Message}
	}
	if failure == nil {
		return reason
	}
	return &monitor.Failure{
		Kind:      reason.Kind,
		Message:   reason.Message,
		Position:  failure.Position,
		Traceback: failure.Traceback,
	}
}

// asFailure makes every error a failure.
func asFailure(err error) *monitor.Failure {
	var failure *monitor.Failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &failure):
		return failure
	}
	return &monitor.Failure{Kind: monitor.FailureCode, Message: err.Error()}
}

func joinReasons(first, second string) string {
	if first == "" {
		return second
	}
	return first + "; " + second
}
