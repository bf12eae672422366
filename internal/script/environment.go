package script

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"
)

// environment is what all code can refer to. All programs share one.
type environment struct {
	// values are the names that code can use: functions and modules.
	values starlark.StringDict
	// builtins has the library's functions by name, those of modules with a dot.
	builtins map[string]*knownBuiltin
	// members lists what is in each module.
	members     map[string][]string
	unavailable map[string]string
}

type knownBuiltin struct {
	Builtin
	signature *signature
}

func newEnvironment(library Library) *environment {
	e := &environment{
		values:      guardedUniverse(),
		builtins:    map[string]*knownBuiltin{},
		members:     map[string][]string{},
		unavailable: library.Unavailable,
	}
	for name, function := range hiddenBuiltins {
		e.values[name] = starlark.NewBuiltin(name, function)
	}
	modules := map[string]starlark.StringDict{}
	define := func(name string, value starlark.Value) {
		module, member, isMember := strings.Cut(name, ".")
		if !isMember {
			e.values[name] = value
			return
		}
		if modules[module] == nil {
			modules[module] = starlark.StringDict{}
		}
		modules[module][member] = value
	}
	for _, b := range library.Builtins {
		known := &knownBuiltin{b, parseSignature(b.Signature)}
		e.builtins[known.signature.name] = known
		define(known.signature.name, known.value())
	}
	for _, constant := range library.Constants {
		define(constant.Name, constant.Value)
	}
	for name, members := range modules {
		e.members[name] = members.Keys()
		e.values[name] = &starlarkstruct.Module{Name: name, Members: members}
	}
	e.values.Freeze()
	return e
}

// names lists what code can refer to by itself.
func (e *environment) names() []string {
	names := slices.Collect(maps.Keys(starlark.Universe))
	for name := range e.values {
		if _, hidden := hiddenBuiltins[name]; !hidden {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// value makes the Starlark function of a builtin.
func (b *knownBuiltin) value() *starlark.Builtin {
	return starlark.NewBuiltin(b.signature.name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		s := scopeOf(thread)
		if message := b.misplaced(s.invocation.compiling != nil); message != "" {
			return s.refuse(message)
		}
		bound, err := b.signature.bind(args, kwargs)
		if b.Place == AtTopLevel {
			// A declaration says all that is wrong with it, not just the first.
			value, err := b.Run(s, bound)
			s.report(bound)
			return value, err
		}
		if err != nil {
			return nil, err
		}
		return b.Run(s, bound)
	})
}

// refuse is an error in a run. While compiling it is noted, and nothing is known
// of what the call would have given.
func (s *Scope) refuse(message string) (starlark.Value, error) {
	c := s.invocation.compiling
	if c == nil {
		return nil, errors.New(message)
	}
	c.found.errorf(s.thread.CallFrame(1).Pos, "%s", message)
	c.guessing = true
	return placeholder{}, nil
}

// misplaced says what is wrong with calling the builtin at the top level, or in
// a function while a run is under way; empty if nothing is.
func (b *knownBuiltin) misplaced(atTopLevel bool) string {
	switch {
	case b.Place == InFunctions && atTopLevel:
		return fmt.Sprintf("%s() cannot be called at the top level: call it in a function", b.signature.name)
	case b.Place == AtTopLevel && !atTopLevel:
		return fmt.Sprintf("%s() can only be called at the top level", b.signature.name)
	}
	return ""
}
