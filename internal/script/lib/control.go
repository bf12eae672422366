package lib

import (
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxParallel is the most calls that parallel makes at a time.
const maxParallel = 100

func control() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "parallel(function: Callable, items: list, limit: int = 8) -> list",
			Doc:       "Calls the function for each item, at most limit at a time; results in order. What it captures is frozen.",
			Run:       parallel,
		},
		{
			Signature: "attempt(function: Callable, *args: Any, **kwargs: Any) -> Attempt",
			Doc:       "Calls the function and gives .value, or .error with .kind and .message.",
			Place:     script.Anywhere,
			Run:       attempt,
		},
		{
			Signature: "incomplete(reason: str) -> None",
			Doc:       "Says that what this routine returns is not everything: nothing is solved or dropped by absence.",
			Run:       incomplete,
		},
		{
			Signature: `fail(*message: Any, sep: str = " ") -> NoReturn`,
			Doc:       "Ends the routine with an error.",
			Place:     script.Anywhere,
			Run:       fail,
		},
	}
}

func parallel(s *script.Scope, a *script.Args) (starlark.Value, error) {
	function, items, limit := a.Callable("function"), a.List("items"), a.Int("limit", 8)
	if limit < 1 || limit > maxParallel {
		refuseNumber(a, "limit", "must be between 1 and 100")
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	results, err := s.InParallel(function, items, limit)
	if err != nil {
		return nil, err
	}
	return starlark.NewList(results), nil
}

func attempt(s *script.Scope, a *script.Args) (starlark.Value, error) {
	function := a.Callable("function")
	if err := a.Err(); err != nil {
		return nil, err
	}
	value, failure, err := s.Attempt(function, a.Rest, a.Keywords)
	if err != nil {
		return nil, err
	}
	var caught starlark.Value = starlark.None
	if failure != nil {
		value = starlark.None
		caught = starlarkstruct.FromStringDict(starlark.String("error"), starlark.StringDict{
			"kind":    starlark.String(failure.Kind),
			"message": starlark.String(failure.Message),
		})
	}
	return starlarkstruct.FromStringDict(starlark.String("attempt"), starlark.StringDict{"value": value, "error": caught}), nil
}

func incomplete(s *script.Scope, a *script.Args) (starlark.Value, error) {
	reason := a.String("reason")
	if strings.TrimSpace(reason) == "" && !a.Refused("reason") {
		a.Refuse("reason", "must say why")
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	s.Host().Incomplete(reason)
	return starlark.None, nil
}

func fail(s *script.Scope, a *script.Args) (starlark.Value, error) {
	message, err := joined(s, a, a.Rest)
	if err != nil {
		return nil, err
	}
	return nil, &monitor.Failure{Kind: monitor.FailureFail, Message: message}
}

// joined shows values one after the other, as print does.
func joined(s *script.Scope, a *script.Args, values starlark.Tuple) (string, error) {
	separator := " "
	if a.Has("sep") {
		separator = a.String("sep")
	}
	if err := a.Err(); err != nil {
		return "", err
	}
	parts := make([]string, len(values))
	total := int64(0)
	for i, value := range values {
		var err error
		if parts[i], err = s.Show(value); err != nil {
			return "", err
		}
		// The same text may be among them many times.
		total += int64(len(parts[i]) + len(separator))
		if err := s.Reserve(total); err != nil {
			return "", err
		}
	}
	return strings.Join(parts, separator), nil
}
