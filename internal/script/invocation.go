package script

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// invocation is one call into a program: what the threads that serve it share.
type invocation struct {
	program *Program
	call    Call
	// compiling is nil in a run; it is set while the top level is evaluated, where
	// there is no host.
	compiling *compilation
	// console is where the code is typed; nil elsewhere.
	console *Console
	// given is how many bytes the call's own arguments take: they do not count
	// against its limit.
	given int64

	// stopped is what ended the call from outside of its code; it cannot be caught.
	stopped atomic.Pointer[monitor.Failure]
	// steps and memory sum up what the threads have used, as of their last reports.
	steps  atomic.Uint64
	memory atomic.Int64
}

// Names under which a thread carries what builtins need.
const (
	scopeKey   = "scope"
	contextKey = "context"
)

// newScope makes a thread for a run, bounded by a context, and what builtins see
// of it. Threads of different streams draw different random numbers.
func (inv *invocation) newScope(ctx context.Context, stream uint64) *Scope {
	s := inv.newTimelessScope()
	s.stream = stream
	s.thread.SetLocal(contextKey, ctx)
	s.ended = func() *monitor.Failure {
		if ctx.Err() == nil {
			return nil
		}
		return failureOfContext(ctx)
	}
	return s
}

// newTimelessScope makes a thread that only steps and memory bound: the top level
// has no context.
func (inv *invocation) newTimelessScope() *Scope {
	thread := &starlark.Thread{Name: inv.program.name}
	s := &Scope{invocation: inv, thread: thread}
	thread.SetLocal(scopeKey, s)
	if inv.compiling != nil {
		thread.Load = inv.compiling.load
	}
	s.watch()
	return s
}

func scopeOf(thread *starlark.Thread) *Scope {
	return thread.Local(scopeKey).(*Scope)
}

// stop ends the call: the first reason counts.
func (inv *invocation) stop(failure *monitor.Failure) {
	inv.stopped.CompareAndSwap(nil, failure)
}

// failureOfContext says why a context ended: its cause if that is a failure; a
// limit if its time ran out; else it was cancelled.
func failureOfContext(ctx context.Context) *monitor.Failure {
	cause := context.Cause(ctx)
	if failure, ok := errors.AsType[*monitor.Failure](cause); ok {
		return failure
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		message := "the time limit was reached"
		if !errors.Is(cause, context.DeadlineExceeded) {
			message = cause.Error()
		}
		return &monitor.Failure{Kind: monitor.FailureLimit, Message: message}
	}
	return &monitor.Failure{Kind: monitor.FailureCancelled, Message: cause.Error()}
}

// run calls a function on the scope's thread. Whatever happens in it, also a
// panic of the interpreter, is an error of this call alone.
func (s *Scope) run(function starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (value starlark.Value, err error) {
	defer func() {
		if caught := recover(); caught != nil {
			value, err = nil, &panicError{fmt.Sprint(caught), s.thread.CallStack()}
		}
	}()
	return starlark.Call(s.thread, function, args, kwargs)
}

// panicError is what the interpreter or a builtin could not cope with.
type panicError struct {
	message string
	stack   starlark.CallStack
}

func (p *panicError) Error() string { return "the interpreter gave up: " + p.message }

// finish looks at how a call ended: a limit that was passed during its last step
// counts as well.
func (s *Scope) finish(err error) *monitor.Failure {
	s.inspect()
	if stopped := s.invocation.stopped.Load(); stopped != nil {
		reason := stopped
		if inner, ok := errors.AsType[*monitor.Failure](err); ok && inner.Message == stopped.Message {
			reason = inner // it knows where: in one of the calls of parallel
		}
		return s.invocation.program.located(*reason, err)
	}
	if err != nil {
		return s.invocation.program.failureOf(err)
	}
	return nil
}
