package run

import (
	"context"
	"fmt"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// askIfSolved asks is_solved once for everything on which the plan will depend:
// active issues with the data that update gave them, and what search found.
// What was not answered counts as not solved (R07).
func (s *session) askIfSolved(ctx context.Context) {
	questions := lifecycle.Questions(&s.declaration, s.loaded, s.outcome.Update, s.outcome.Search)
	if len(questions) == 0 {
		return
	}
	data := make([]monitor.Data, len(questions))
	for i, question := range questions {
		data[i] = question.Data
	}
	var answers script.Answers
	s.routine(ctx, monitor.RoutineIsSolved, func(ctx context.Context, call script.Call) (int, error) {
		answers = s.program.IsSolved(ctx, call, data)
		return len(answers.Solved), answersFailure(answers, s.modelIDAt(data, answers.FirstAt))
	})
	lifecycle.Answer(&s.outcome, questions, answers.Solved)
}

// modelIDAt names the entry at an index, for people.
func (s *session) modelIDAt(data []monitor.Data, at int) string {
	if at >= len(data) {
		return "?"
	}
	id, err := monitor.ModelID(data[at], s.declaration.Options.ModelIDKey)
	if err != nil {
		return "?" // what is asked about has one, unless the key has changed
	}
	return id
}

// answersFailure sums up what went wrong while asking; nil if nothing did. modelID
// is that of the first entry that failed.
func answersFailure(answers script.Answers, modelID string) error {
	first, asked := answers.First, len(answers.Solved)
	switch {
	case answers.Failed == 0 && answers.Err == nil:
		return nil
	case answers.Failed == 0:
		return answers.Err
	case answers.Err == nil:
		sum := *first
		sum.Message = fmt.Sprintf("%s (%d of %d entries failed; this is the first, of model id %q)", first.Message, answers.Failed, asked, modelID)
		return &sum
	}
	sum := *answers.Err
	sum.Message = fmt.Sprintf("%s; until then %d of %d entries failed, first: %s", answers.Err.Message, answers.Failed, asked, first.Message)
	return &sum
}
