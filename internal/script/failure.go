package script

import (
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/vedettehq/vedette/internal/monitor"
)

// shownFrames is how many calls of a traceback are shown at either end.
const shownFrames = 15

// failureOf makes a failure of an error that code ran into: a *monitor.Failure
// of a builtin as it is, anything else is a mistake in the code.
func (p *Program) failureOf(err error) *monitor.Failure {
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		return p.located(*failure, err)
	}
	return p.located(monitor.Failure{Kind: monitor.FailureCode, Message: err.Error()}, err)
}

// located adds where an error happened. What comes out of parallel has its own
// place already, inside of that of the call.
func (p *Program) located(failure monitor.Failure, err error) *monitor.Failure {
	stack := stackOf(err)
	if len(stack) == 0 {
		return &failure
	}
	if failure.Position == "" {
		failure.Position = position(stack)
	}
	inner := strings.TrimPrefix(failure.Traceback, tracebackHead)
	failure.Traceback = tracebackHead + p.frames(stack) + inner
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

// frames writes a stack: each call of monitor code with its line, as Python does.
func (p *Program) frames(stack starlark.CallStack) string {
	var calls []string
	repeated := 0
	for i, frame := range stack {
		if isBuiltin(frame) {
			continue
		}
		if i > 0 && frame.Pos == stack[i-1].Pos {
			repeated++
			continue
		}
		calls = append(appendRepeated(calls, repeated), p.frame(frame))
		repeated = 0
	}
	calls = appendRepeated(calls, repeated)
	if cut := len(calls) - 2*shownFrames; cut > 0 {
		middle := fmt.Sprintf("  ... %d more calls ...\n", cut)
		calls = append(append(calls[:shownFrames:shownFrames], middle), calls[len(calls)-shownFrames:]...)
	}
	return strings.Join(calls, "")
}

// appendRepeated says that the last of the calls was made so many times more.
func appendRepeated(calls []string, times int) []string {
	if times == 0 {
		return calls
	}
	return append(calls, fmt.Sprintf("  ... and %s like this ...\n", countOf(times, "more call")))
}

func (p *Program) frame(frame starlark.CallFrame) string {
	text := fmt.Sprintf("  %s: in %s\n", frame.Pos, frame.Name)
	if line := p.sourceLine(frame.Pos); line != "" {
		text += "    " + line + "\n"
	}
	return text
}

// maxSourceLine is how much of a line of code a traceback shows.
const maxSourceLine = 200

// sourceLine is the text of the line that a position is in; empty if there is no
// such line.
func (p *Program) sourceLine(at syntax.Position) string {
	rest, typed := p.typed[at.Filename()]
	if !typed {
		rest = p.files[at.Filename()]
	}
	for range at.Line - 1 {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimSpace(line)
	if len(line) > maxSourceLine {
		line = strings.ToValidUTF8(line[:maxSourceLine], "") + "..."
	}
	return line
}
