package lib

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxVariableBytes is the most that a variable may have in stored form.
const maxVariableBytes = 64 << 10

func variables() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "variables.get(name: str, default: Any = None) -> Any",
			Doc:       "A value that the monitor kept, in this run or an earlier one.",
			Run:       getVariable,
		},
		{
			Signature: "variables.set(name: str, value: Any) -> None",
			Doc:       "Keeps a value across runs; it is committed with what the run found.",
			Run:       setVariable,
		},
	}
}

func variableName(a *script.Args) (string, error) {
	name := a.String("name")
	if name == "" && !a.Refused("name") {
		a.Refuse("name", "must not be empty")
	}
	if !utf8.ValidString(name) || strings.Contains(name, "\x00") {
		a.Refuse("name", "must be text without U+0000")
	}
	return name, a.Err()
}

func getVariable(s *script.Scope, a *script.Args) (starlark.Value, error) {
	name, err := variableName(a)
	if err != nil {
		return nil, err
	}
	data, ok := s.Host().Variable(name)
	if !ok {
		if fallback := a.Value("default"); fallback != nil {
			return fallback, nil
		}
		return starlark.None, nil
	}
	values, err := s.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("variable %q: %w", name, err)
	}
	return values[0], nil
}

func setVariable(s *script.Scope, a *script.Args) (starlark.Value, error) {
	name, err := variableName(a)
	if err != nil {
		return nil, err
	}
	if s.Parallel() {
		return nil, errors.New("variables.set() cannot be called inside of parallel(): return the value and set it afterwards")
	}
	data, replaced, err := s.Encode(a.Value("value"), maxVariableBytes)
	if err != nil {
		return nil, fmt.Errorf("variable %q: %w", name, err)
	}
	if replaced > 0 {
		s.Log(monitor.LogWarning, fmt.Sprintf("variable %q has text with U+0000 or invalid UTF-8: replaced by U+FFFD", name), "")
	}
	if err := s.Keep(name, len(name)+len(data)); err != nil {
		return nil, err
	}
	s.Host().SetVariable(name, data)
	return starlark.None, nil
}
