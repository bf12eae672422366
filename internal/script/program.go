package script

import (
	"context"
	"hash/fnv"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Program is a monitor's code, compiled. It is frozen: it may be called any
// number of times at once, and no call leaves a trace in it.
type Program struct {
	name        string
	compiler    *Compiler
	files       monitor.Files
	declaration monitor.Declaration
	// typed are further texts that code came from, by the name in positions: the
	// inputs of a console.
	typed map[string]string
	// globals are what the code defines at its top level.
	globals starlark.StringDict
	// The functions are nil where the code defines none.
	search    *starlark.Function
	update    *starlark.Function
	isSolved  *starlark.Function
	reactions map[monitor.EventName]*starlark.Function
}

// Declaration is what the code says of itself. It is not to be changed.
func (p *Program) Declaration() monitor.Declaration { return p.declaration }

// Files are the files of the monitor's folder, and of those under
// [monitor.SharedPrefix] the ones that it loads: all that the program depends on.
// They are not to be changed.
func (p *Program) Files() monitor.Files { return p.files }

// Search calls search() and gives what it returned in stored form. Errors are
// *monitor.Failure.
func (p *Program) Search(ctx context.Context, call Call) (monitor.Returned, error) {
	return p.routine(ctx, monitor.RoutineSearch, p.search, &invocation{program: p, call: call}, nil)
}

// Update calls update() with copies of the data of issues (R10) and gives what it
// returned in stored form. Errors are *monitor.Failure.
func (p *Program) Update(ctx context.Context, call Call, issues []monitor.Data) (monitor.Returned, error) {
	decoder := new(decoder)
	elements := make([]starlark.Value, len(issues))
	for i, data := range issues {
		value, err := decoder.decode(string(data))
		if err != nil {
			return monitor.Returned{}, &monitor.Failure{Kind: monitor.FailureCode, Message: "stored data of an issue: " + err.Error()}
		}
		elements[i] = value
	}
	invocation := &invocation{program: p, call: call, given: decoder.bytes + int64(len(elements))*sizeOfValue}
	return p.routine(ctx, monitor.RoutineUpdate, p.update, invocation, starlark.Tuple{starlark.NewList(elements)})
}

// routine calls a function that returns entries.
func (p *Program) routine(ctx context.Context, name string, function *starlark.Function, inv *invocation, args starlark.Tuple) (monitor.Returned, error) {
	if function == nil {
		return monitor.Returned{}, undefined(name)
	}
	scope := inv.newScope(ctx, streamOf(name))
	value, failure := scope.call(function, args)
	if failure != nil {
		return monitor.Returned{}, failure
	}
	returned, failure := scope.returned(name, value)
	if failure != nil {
		if failure.Position == "" {
			failure.Position = function.Position().String()
		}
		return monitor.Returned{}, failure
	}
	return returned, nil
}

// React calls the function for an event, if there is one. The error is a
// *monitor.Failure.
func (p *Program) React(ctx context.Context, call Call, event *monitor.EventRecord) error {
	function := p.reactions[event.Name]
	name := reactionPrefix + string(event.Name)
	if function == nil {
		return undefined(name)
	}
	value, err := eventValue(event)
	if err != nil {
		return &monitor.Failure{Kind: monitor.FailureCode, Message: "stored data of an event: " + err.Error()}
	}
	scope := (&invocation{program: p, call: call}).newScope(ctx, streamOf(name))
	if _, failure := scope.call(function, starlark.Tuple{value}); failure != nil {
		return failure
	}
	return nil
}

// call calls a function within the limits.
func (s *Scope) call(function starlark.Callable, args starlark.Tuple) (starlark.Value, *monitor.Failure) {
	if s.inspect(); s.invocation.stopped.Load() != nil {
		return nil, s.finish(nil)
	}
	value, err := s.run(function, args, nil)
	if failure := s.finish(err); failure != nil {
		return nil, failure
	}
	return value, nil
}

func undefined(name string) *monitor.Failure {
	return &monitor.Failure{Kind: monitor.FailureCode, Message: "the monitor defines no " + name + "()"}
}

// streamOf lets each function of a run draw random numbers of its own.
func streamOf(name string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(name)) // a hash takes everything
	return hash.Sum64()
}
