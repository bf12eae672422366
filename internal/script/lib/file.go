package lib

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func files() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "read_file(name: str) -> str",
			Doc:       "The text of a file in the monitor's own folder.",
			Place:     script.Anywhere,
			Run:       readFile,
			Literals: map[string]script.LiteralCheck{"name": func(s *script.Scope, name string) error {
				_, err := fileText(s, name)
				return err
			}},
		},
		{
			Signature: "setting(name: str, default: Any = ...) -> Any",
			Doc:       "A value of monitors.settings in the configuration; without a default it must be there.",
			Place:     script.Anywhere,
			Run:       setting,
		},
	}
}

func readFile(s *script.Scope, a *script.Args) (starlark.Value, error) {
	name := a.String("name")
	if err := a.Err(); err != nil {
		return nil, err
	}
	text, err := fileText(s, name)
	return starlark.String(text), err
}

func fileText(s *script.Scope, name string) (string, error) {
	text, ok := s.File(name)
	if !ok {
		return "", fmt.Errorf("there is no file %q in the monitor's folder%s", name, script.DidYouMean(name, s.FileNames()))
	}
	return text, nil
}

func setting(s *script.Scope, a *script.Args) (starlark.Value, error) {
	name := a.String("name")
	if err := a.Err(); err != nil {
		return nil, err
	}
	if data, ok := s.Setting(name); ok {
		values, err := s.Decode(data)
		if err != nil {
			return nil, fmt.Errorf("setting %q: %w", name, err)
		}
		return values[0], nil
	}
	if fallback := a.Value("default"); fallback != nil {
		return fallback, nil
	}
	return nil, fmt.Errorf("the setting %q is not configured and has no default%s", name, script.DidYouMean(name, s.SettingNames()))
}
