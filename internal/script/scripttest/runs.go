package scripttest

import (
	"context"
	"errors"
	"maps"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// run runs the monitor on what is stored, commits to memory, and shows the plan.
func (w *world) run(s *script.Scope, program *script.Program, tasks monitor.Tasks) (starlark.Value, error) {
	before, now := w.state.snapshot(w.copyVariables()), w.Now()
	ran, err := w.asks.Run(s.Context(), program, &before, tasks, now, w.nextSeed())
	if err != nil {
		return nil, err
	}
	plan := w.asks.Plan(program, &ran, before, now)
	report := &plan.Execution.Report
	w.log.take(report.Log)
	failures := failuresOf(report)
	if fault := firstOf(failures, monitor.FailureCancelled); fault != nil {
		return nil, fault
	}
	for _, routine := range report.Routines {
		if routine.Error != nil {
			w.log.failure(routine.Name, routine.Error)
		}
	}
	w.state.apply(&plan)
	w.keep(plan.Variables)
	declaration := program.Declaration()
	fields, err := newView(s, &declaration, &before, &plan, w.state).fields()
	if err != nil {
		return nil, err
	}
	return w.given(&outcome{kind: "plan", fields: fields, bug: bugAmong(failures), made: s.Caller()}), nil
}

func failuresOf(report *monitor.Report) []*monitor.Failure {
	var failures []*monitor.Failure
	for _, routine := range report.Routines {
		if routine.Error != nil {
			failures = append(failures, routine.Error)
		}
	}
	return failures
}

// react calls the monitor's function for an event, and shows what it left behind.
func (w *world) react(s *script.Scope, program *script.Program, event *monitor.EventRecord) (starlark.Value, error) {
	logged := len(w.log.lines())
	set, err := w.asks.React(s.Context(), logging{program, &w.log}, event, w.copyVariables(), w.Now(), w.nextSeed())
	if ended := context.Cause(s.Context()); ended != nil {
		return nil, ended
	}
	var failures []*monitor.Failure
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		failures = append(failures, failure)
	}
	if fault := firstOf(failures, monitor.FailureCancelled); fault != nil {
		return nil, fault
	}
	w.keep(set)
	v := &view{scope: s}
	fields := starlark.StringDict{
		"variables": v.variables(set),
		"log":       listed(w.log.lines()[logged:], v.line),
		"error":     starlark.None,
	}
	for _, failure := range failures {
		fields["error"] = starlark.String(failure.Error())
		w.log.failure("on_"+string(event.Name), failure)
	}
	return w.given(&outcome{kind: "reaction", fields: fields, bug: bugAmong(failures), made: s.Caller()}), v.err
}

// nextSeed lets each run draw random numbers of its own, the same ones whenever
// the test runs.
func (w *world) nextSeed() uint64 {
	w.seed++
	return w.seed
}

// given notes what the test was given.
func (w *world) given(o *outcome) *outcome {
	w.outcomes = append(w.outcomes, o)
	return o
}

func (w *world) copyVariables() map[string]monitor.Data {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.variables)
}

// keep commits the variables that a run or a reaction has set.
func (w *world) keep(set map[string]monitor.Data) {
	w.mu.Lock()
	defer w.mu.Unlock()
	maps.Copy(w.variables, set)
}

// verdict is why the test failed, given the error of its function; nil if it
// passed.
func (w *world) verdict(err error) *monitor.Failure {
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		short := *failure
		short.Message = cut(failure.Message, maxMessageBytes)
		return &short
	}
	for _, o := range w.outcomes {
		if failure := o.ignored(); failure != nil {
			return failure
		}
	}
	return nil
}
