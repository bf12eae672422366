package script

import (
	"slices"

	"go.starlark.net/starlark"
)

// estimates say, for functions of the language that can allocate much in one
// step, how many bytes a call will.
var estimates = map[string]func(*Scope, starlark.Tuple) (int64, error){
	"str":       shownSizeOf,
	"repr":      shownSizeOf,
	"bytes":     elementsOf(1),
	"list":      elementsOf(sizeOfValue + sizeOfString),
	"tuple":     elementsOf(sizeOfValue + sizeOfString),
	"sorted":    elementsOf(2 * sizeOfValue),
	"reversed":  elementsOf(sizeOfValue + sizeOfString),
	"enumerate": elementsOf(5 * sizeOfValue),
	"set":       elementsOf(sizeOfSetElement),
	"dict":      elementsOf(sizeOfSetElement),
	"zip":       rowsAndColumns,
	"int":       digits,
}

// guardedUniverse are those functions, asking first.
func guardedUniverse() starlark.StringDict {
	guarded := starlark.StringDict{
		"range":   starlark.NewBuiltin("range", guardedRange),
		"getattr": starlark.NewBuiltin("getattr", guardedGetattr),
	}
	for name, estimate := range estimates {
		original := starlark.Universe[name].(*starlark.Builtin)
		guarded[name] = starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			scope := scopeOf(thread)
			bytes, err := estimate(scope, args)
			if err != nil {
				return nil, err
			}
			if err := scope.Reserve(bytes); err != nil {
				return nil, err
			}
			return original.CallInternal(thread, args, kwargs)
		})
	}
	guarded["sorted"] = starlark.NewBuiltin("sorted", guardedSorted)
	return guarded
}

// guardedSorted has the keys counted that a list is sorted by: the function that
// makes them may make large ones, and the interpreter gathers them all first.
func guardedSorted(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	scope := scopeOf(thread)
	bytes, err := estimates["sorted"](scope, args)
	if err != nil {
		return nil, err
	}
	if err := scope.Reserve(bytes); err != nil {
		return nil, err
	}
	keys := new(starlark.List)
	scope.hold(keys)
	defer scope.release()
	kept := slices.Clone(kwargs)
	for i, pair := range kwargs {
		if key, ok := pair[1].(starlark.Callable); ok && pair[0] == starlark.String("key") {
			kept[i] = starlark.Tuple{pair[0], keeping(key, keys)}
		}
	}
	return starlark.Universe["sorted"].(*starlark.Builtin).CallInternal(thread, args, kept)
}

// keeping is a function whose results are put into a list as well.
func keeping(function starlark.Callable, list *starlark.List) *starlark.Builtin {
	return starlark.NewBuiltin(function.Name(), func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		result, err := starlark.Call(thread, function, args, kwargs)
		if err != nil {
			return nil, err
		}
		return result, list.Append(result)
	})
}

func shownSizeOf(s *Scope, args starlark.Tuple) (int64, error) {
	if len(args) != 1 {
		return 0, nil
	}
	return shownSize(s, args[0])
}

func elementsOf(bytesForEach int64) func(*Scope, starlark.Tuple) (int64, error) {
	return func(_ *Scope, args starlark.Tuple) (int64, error) {
		if len(args) == 0 {
			return 0, nil
		}
		return int64(max(0, starlark.Len(args[0]))) * bytesForEach, nil
	}
}

func rowsAndColumns(_ *Scope, args starlark.Tuple) (int64, error) {
	rows := int64(0)
	for i, arg := range args {
		if n := int64(max(0, starlark.Len(arg))); i == 0 || n < rows {
			rows = n
		}
	}
	return rows * int64(len(args)+2) * sizeOfValue, nil
}

// digits refuses texts that take too long to become an int.
func digits(s *Scope, args starlark.Tuple) (int64, error) {
	if len(args) > 0 {
		if text, ok := starlark.AsString(args[0]); ok && len(text) > maxIntBits*3/10 {
			return 0, s.limit("an int of more than %d digits", maxIntBits*3/10)
		}
	}
	return 0, nil
}

// guardedRange refuses ranges that no list could hold: what goes through a range
// in one step could not be stopped.
func guardedRange(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	numbers, err := starlark.Universe["range"].(*starlark.Builtin).CallInternal(thread, args, kwargs)
	if err != nil {
		return nil, err
	}
	scope := scopeOf(thread)
	n, memory := int64(starlark.Len(numbers)), scope.invocation.call.Limits.MaxMemory
	if most := memory / sizeOfValue; memory > 0 && (n < 0 || n > most) { // below zero it has overflowed
		return nil, scope.limit("a range of more than %d numbers is over the memory limit of %s", most, bytesText(memory))
	}
	return numbers, nil
}
