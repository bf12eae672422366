package lib

import (
	"strings"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxFieldsBytes bounds the fields of one line of the log.
const maxFieldsBytes = 16 << 10

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

// logFields brings fields to stored form. What has none is shown as text: a line
// of a log is no reason to fail.
func logFields(s *script.Scope, keywords []starlark.Tuple) (monitor.Data, error) {
	if len(keywords) == 0 {
		return "", nil
	}
	dict := starlark.NewDict(len(keywords))
	for _, pair := range keywords {
		value := pair[1]
		if _, _, err := s.Encode(value, maxFieldsBytes); err != nil {
			text, err := s.Show(value)
			if err != nil {
				return "", err
			}
			if len(text) > maxFieldsBytes/2 {
				text = strings.ToValidUTF8(text[:maxFieldsBytes/2], "") + "... (cut)"
			}
			value = starlark.String(text)
		}
		if err := dict.SetKey(pair[0], value); err != nil {
			return "", err
		}
	}
	fields, _, err := s.Encode(dict, maxFieldsBytes*4)
	return fields, err
}
