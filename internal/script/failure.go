package script

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// shownFrames is how many calls of a traceback are shown at either end.
const shownFrames = 15

// failureOf makes a failure of an error that code ran into: a *monitor.Failure
// of a builtin as it is, anything else is a mistake in the code.
func failureOf(err error) *monitor.Failure {
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		return located(*failure, err)
	}
	return located(monitor.Failure{Kind: monitor.FailureCode, Message: err.Error()}, err)
}

// located adds where an error happened. What comes out of parallel has its own
// place already, inside of that of the call.
func located(failure monitor.Failure, err error) *monitor.Failure {
	stack := stackOf(err)
	if len(stack) == 0 {
		return &failure
	}
	if failure.Position == "" {
		failure.Position = position(stack)
	}
	inner := strings.TrimPrefix(failure.Traceback, tracebackHead)
	failure.Traceback = tracebackHead + frames(stack) + inner
	return &failure
}

func stackOf(err error) starlark.CallStack {
	if panicked, ok := errors.AsType[*panicError](err); ok {
		return panicked.stack
	}
	if evaluated, ok := errors.AsType[*starlark.EvalError](err); ok {
		return evaluated.CallStack
	}
	return nil
}

// position is file:line:column of the innermost frame of monitor code.
func position(stack starlark.CallStack) string {
	for i := len(stack) - 1; i >= 0; i-- {
		if !isBuiltin(stack[i]) {
			return stack[i].Pos.String()
		}
	}
	return ""
}

func isBuiltin(frame starlark.CallFrame) bool {
	return frame.Pos.Filename() == "<builtin>"
}

const tracebackHead = "Traceback (most recent call last):\n"

// frames writes a stack, a line for each call of monitor code.
func frames(stack starlark.CallStack) string {
	var lines []string
	for _, frame := range stack {
		if !isBuiltin(frame) {
			lines = append(lines, fmt.Sprintf("  %s: in %s\n", frame.Pos, frame.Name))
		}
	}
	if cut := len(lines) - 2*shownFrames; cut > 0 {
		middle := fmt.Sprintf("  ... %d more calls ...\n", cut)
		lines = append(append(lines[:shownFrames:shownFrames], middle), lines[len(lines)-shownFrames:]...)
	}
	return strings.Join(lines, "")
}
