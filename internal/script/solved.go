package script

import (
	"context"
	"fmt"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// IsSolved asks is_solved() of each data, with a copy of its own. An answer that
// fails is no for that one (R07); a limit ends the asking. Code without the
// function says no to all.
func (p *Program) IsSolved(ctx context.Context, call Call, data []monitor.Data) Answers {
	if p.isSolved == nil {
		return Answers{Solved: make([]bool, len(data))}
	}
	inv := &invocation{program: p, call: call}
	scope := inv.newScope(ctx, streamOf(monitor.RoutineIsSolved))
	answers := Answers{Solved: make([]bool, 0, len(data))}
	decoder := new(decoder)
	scope.inspect()
	for _, text := range data {
		solved, err := scope.ask(p.isSolved, decoder, text)
		if inv.stopped.Load() != nil {
			answers.Err = scope.finish(err)
			return answers
		}
		answers.Solved = append(answers.Solved, solved)
		if err != nil {
			answers.Failed++
			if answers.First == nil {
				answers.First, answers.FirstAt = p.failureOf(err), len(answers.Solved)-1
			}
		}
	}
	answers.Err = scope.finish(nil)
	return answers
}

// ask asks of one data.
func (s *Scope) ask(isSolved *starlark.Function, decoder *decoder, text monitor.Data) (bool, error) {
	value, err := decoder.decode(string(text))
	if err != nil {
		return false, fmt.Errorf("stored data of an issue: %w", err)
	}
	answer, err := s.run(isSolved, starlark.Tuple{value}, nil)
	if err != nil {
		return false, err
	}
	solved, ok := answer.(starlark.Bool)
	if !ok {
		return false, &monitor.Failure{
			Kind:     monitor.FailureResult,
			Message:  fmt.Sprintf("is_solved() must return True or False, not %s", Describe(answer)),
			Position: isSolved.Position().String(),
		}
	}
	return bool(solved), nil
}
