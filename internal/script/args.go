package script

import (
	"fmt"
	"slices"
	"strings"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"
)

// Args are the arguments of one call of a builtin, sorted into its parameters.
// Its getters note what has the wrong type instead of returning it, so that a
// builtin reads all its arguments and asks Err once, and a declaration is told
// everything that is wrong with it.
type Args struct {
	// Rest are the arguments of *args.
	Rest starlark.Tuple
	// Keywords are the arguments of **kwargs: pairs of name and value.
	Keywords []starlark.Tuple

	signature *signature
	values    []starlark.Value
	errs      []mismatch
}

// Err says what is wrong with the arguments, if anything is.
func (a *Args) Err() error {
	if len(a.errs) == 0 {
		return nil
	}
	messages := make([]string, len(a.errs))
	for i, err := range a.errs {
		messages[i] = err.message
	}
	return fmt.Errorf("%s", strings.Join(messages, "; "))
}

// Refuse notes that something is wrong with the named argument: "must be ...".
func (a *Args) Refuse(argument, format string, args ...any) {
	a.Note(argument, "%s() argument %q %s", a.signature.name, argument, fmt.Sprintf(format, args...))
}

// Note notes what is wrong with the named argument, in words of its own.
func (a *Args) Note(argument, format string, args ...any) {
	a.errs = append(a.errs, mismatch{argument, fmt.Sprintf(format, args...)})
}

// Value gives an argument, or nil if it was not given.
func (a *Args) Value(name string) starlark.Value {
	if i := a.signature.index(name); i >= 0 {
		return a.values[i]
	}
	panic("script: " + a.signature.name + " has no parameter " + name)
}

// Has tells whether an argument was given and is not None.
func (a *Args) Has(name string) bool {
	value := a.Value(name)
	return value != nil && value != starlark.None && !isPlaceholder(value)
}

func (a *Args) mustBe(name, want string) {
	value := a.Value(name)
	if value != nil && !isPlaceholder(value) {
		a.Refuse(name, "must be %s, not %s", want, Describe(value))
	}
}

// String gives a string, or "" if the argument was not given or is None.
func (a *Args) String(name string) string {
	text, ok := starlark.AsString(a.Value(name))
	if !ok && a.Has(name) || a.isMissing(name) {
		a.mustBe(name, "a string")
	}
	return text
}

// isMissing tells whether a parameter without a default was given None.
func (a *Args) isMissing(name string) bool {
	return a.Value(name) == starlark.None && a.signature.parameters[a.signature.index(name)].required
}

// Int gives an int, or fallback if the argument was not given or is None.
func (a *Args) Int(name string, fallback int) int {
	if !a.Has(name) {
		if a.isMissing(name) {
			a.mustBe(name, "an int")
		}
		return fallback
	}
	number, ok := a.Value(name).(starlark.Int)
	if !ok {
		a.mustBe(name, "an int")
		return fallback
	}
	small, ok := number.Int64()
	if !ok || int64(int(small)) != small {
		a.Refuse(name, "is out of range: %v", number)
		return fallback
	}
	return int(small)
}

// Bool gives a bool, or fallback if the argument was not given or is None.
func (a *Args) Bool(name string, fallback bool) bool {
	if !a.Has(name) {
		return fallback
	}
	value, ok := a.Value(name).(starlark.Bool)
	if !ok {
		a.mustBe(name, "True or False")
		return fallback
	}
	return bool(value)
}

// Duration gives a duration that was written as seconds, as text such as "30s",
// or made by the time module; 0 if the argument was not given or is None.
func (a *Args) Duration(name string) time.Duration {
	if !a.Has(name) {
		return 0
	}
	switch value := a.Value(name).(type) {
	case starlark.String:
		d, err := ParseDuration(string(value))
		if err != nil {
			a.Note(name, "%s() argument %q: %v", a.signature.name, name, err)
		}
		return d
	case starlarktime.Duration:
		return time.Duration(value)
	case starlark.Int, starlark.Float:
		seconds, _ := starlark.AsFloat(value)
		if seconds < -maxSeconds || seconds > maxSeconds || seconds != seconds {
			a.Refuse(name, "is out of range: %v", value)
			return 0
		}
		return time.Duration(seconds * float64(time.Second))
	}
	a.mustBe(name, `seconds or a duration such as "30s"`)
	return 0
}

// maxSeconds is how many seconds a time.Duration can hold.
const maxSeconds = 1<<63/1e9 - 1

// List gives the elements of a list or tuple, nil if the argument was not given
// or is None.
func (a *Args) List(name string) []starlark.Value {
	switch value := a.Value(name).(type) {
	case *starlark.List:
		elements := make([]starlark.Value, value.Len())
		for i := range elements {
			elements[i] = value.Index(i)
		}
		return elements
	case starlark.Tuple:
		return value
	}
	if a.Has(name) || a.isMissing(name) {
		a.mustBe(name, "a list")
	}
	return nil
}

// Callable gives a function.
func (a *Args) Callable(name string) starlark.Callable {
	function, ok := a.Value(name).(starlark.Callable)
	if !ok && a.Value(name) != nil {
		a.mustBe(name, "a function")
	}
	return function
}

// Describe names a value's type in a sentence: "a string", "an int", "None".
func Describe(value starlark.Value) string {
	switch name := value.Type(); name {
	case "NoneType":
		return "None"
	case "int":
		return "an int"
	case "builtin_function_or_method":
		return "a function"
	default:
		return "a " + name
	}
}

// Brief shows a value in a sentence: a short one as code writes it; of any other,
// which may be long or endless, only the type.
func Brief(value starlark.Value) string {
	switch value := value.(type) {
	case starlark.String:
		if len(value) <= maxShownText {
			return value.String()
		}
	case starlark.NoneType, starlark.Bool, starlark.Float:
		return value.String()
	case starlark.Int:
		if _, small := value.Int64(); small {
			return value.String()
		}
	}
	return Describe(value)
}

// Refused tells whether something was noted about an argument.
func (a *Args) Refused(name string) bool {
	return slices.ContainsFunc(a.errs, func(err mismatch) bool { return err.argument == name })
}

// IsKnown tells whether a value is what it seems: while compiling, what broken
// code would have given is not.
func IsKnown(value starlark.Value) bool { return !isPlaceholder(value) }

// Given lists the arguments that were given, in the order of the parameters.
func (a *Args) Given() starlark.Tuple {
	var given starlark.Tuple
	for _, value := range a.values {
		if value != nil {
			given = append(given, value)
		}
	}
	return given
}
