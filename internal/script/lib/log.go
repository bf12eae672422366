package lib

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxFieldsBytes bounds the fields of one line of the log: whoever takes it has
// room for so much and their names.
const maxFieldsBytes = 15 << 10

func logging() []script.Builtin {
	builtins := []script.Builtin{{
		Signature: `print(*values: Any, sep: str = " ") -> None`,
		Doc:       "Writes a line to the execution's log.",
		Run:       printLine,
	}}
	for _, level := range []monitor.LogLevel{monitor.LogDebug, monitor.LogInfo, monitor.LogWarning, monitor.LogError} {
		builtins = append(builtins, script.Builtin{
			Signature: "log." + string(level) + "(message: Any, **fields: Any) -> None",
			Doc:       "Writes a line with fields to the execution's log, at level " + string(level) + ".",
			Run: func(s *script.Scope, a *script.Args) (starlark.Value, error) {
				return logLine(s, a, level)
			},
		})
	}
	return builtins
}

func printLine(s *script.Scope, a *script.Args) (starlark.Value, error) {
	message, err := joined(s, a, a.Rest)
	if err != nil {
		return nil, err
	}
	if printer, ok := s.Host().(script.Printer); ok {
		printer.Print(message)
		return starlark.None, nil
	}
	s.Log(monitor.LogInfo, message, "")
	return starlark.None, nil
}

func logLine(s *script.Scope, a *script.Args, level monitor.LogLevel) (starlark.Value, error) {
	message, err := s.Show(a.Value("message"))
	if err != nil {
		return nil, err
	}
	fields, err := logFields(s, a.Keywords)
	if err != nil {
		return nil, err
	}
	s.Log(level, message, fields)
	return starlark.None, nil
}

// logFields brings fields to stored form. What has none is shown as text, and what
// is too long is cut: a line of a log is no reason to fail.
func logFields(s *script.Scope, keywords []starlark.Tuple) (monitor.Data, error) {
	if len(keywords) == 0 {
		return "", nil
	}
	dict := starlark.NewDict(len(keywords))
	left := maxFieldsBytes
	for _, pair := range keywords {
		value, size, err := logField(s, pair[1], left)
		if err != nil {
			return "", err
		}
		if err := dict.SetKey(pair[0], value); err != nil {
			return "", err
		}
		left = max(0, left-size)
	}
	// What is left has names and cut texts in it, which are as long as code makes them.
	fields, _, err := s.Encode(dict, maxJSONBytes)
	return fields, err
}

// logField is a field as it can be stored in so many bytes, and how many it takes.
func logField(s *script.Scope, value starlark.Value, most int) (starlark.Value, int, error) {
	if data, _, err := s.Encode(value, most); err == nil {
		return value, len(data), nil
	}
	text, err := s.Show(value)
	if err != nil {
		return nil, 0, err
	}
	// Half of it, since what a text has to be stored as may be longer.
	if len(text) > most/2 {
		return starlark.String(strings.ToValidUTF8(text[:most/2], "") + "... (cut)"), most, nil
	}
	return starlark.String(text), 2 * len(text), nil
}
