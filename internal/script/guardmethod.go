package script

import (
	"fmt"

	"go.starlark.net/starlark"
)

// guardedMethods are those that can make much out of little in one step, or give
// what holds much and does not show it.
var guardedMethods = map[string]bool{
	"format": true, "join": true, "replace": true, "rsplit": true, "split": true, "splitlines": true,
	"elems": true, "elem_ords": true, "codepoints": true, "codepoint_ords": true,
	"union": true, "update": true, "symmetric_difference": true,
}

// method gives what x.name is, but a method that asks before it makes much out of
// little.
func method(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	x, name := args[0], string(args[1].(starlark.String))
	noSuch := fmt.Errorf("%s has no .%s field or method", x.Type(), name)
	owner, ok := x.(starlark.HasAttrs)
	if !ok {
		return nil, noSuch
	}
	value, err := owner.Attr(name)
	if value == nil && err == nil {
		err = noSuch
	}
	if err != nil {
		return nil, err
	}
	return guardedMethod(x, name, value), nil
}

// guardedGetattr is x.name for a name that is not written out.
func guardedGetattr(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	value, err := starlark.Universe["getattr"].(*starlark.Builtin).CallInternal(thread, args, kwargs)
	if err != nil {
		return nil, err
	}
	name, _ := starlark.AsString(args[1])
	return guardedMethod(args[0], name, value), nil
}

// guardedMethod is the method of that name, asking first; another value is itself.
func guardedMethod(x starlark.Value, name string, value starlark.Value) starlark.Value {
	bound, isMethod := value.(*starlark.Builtin)
	if !isMethod || !guardedMethods[name] {
		return value
	}
	var check func(s *Scope, args starlark.Tuple, kwargs []starlark.Tuple) error
	switch x := x.(type) {
	case starlark.String:
		check = func(s *Scope, args starlark.Tuple, kwargs []starlark.Tuple) error {
			return checkTextMethod(s, name, string(x), args, kwargs)
		}
	case starlark.Bytes:
		check = func(s *Scope, _ starlark.Tuple, _ []starlark.Tuple) error { return checkParts(s, len(x)) }
	case *starlark.Set:
		check = checkUnion
	default:
		return value
	}
	return starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if err := check(scopeOf(thread), args, kwargs); err != nil {
			return nil, err
		}
		result, err := bound.CallInternal(thread, args, kwargs)
		if err != nil {
			return nil, err
		}
		return partsOf(x, result), nil
	}).BindReceiver(x)
}

// checkParts is asked for what goes through a text by its characters: as a list,
// each is a value.
func checkParts(s *Scope, length int) error {
	return s.Reserve(int64(length) * (sizeOfValue + sizeOfString))
}

// checkUnion estimates what a set gains from others.
func checkUnion(s *Scope, args starlark.Tuple, _ []starlark.Tuple) error {
	total := int64(0)
	for _, arg := range args {
		total += int64(max(0, starlark.Len(arg)))
	}
	return s.Reserve(total * sizeOfSetElement)
}
