package lib

import (
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func extremes() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "max(*values: Any, key: Callable | None = None, default: Any = ...) -> Any",
			Doc:       "The largest of a list or of the arguments; default if the list is empty.",
			Place:     script.Anywhere,
			Run:       extreme("max"),
		},
		{
			Signature: "min(*values: Any, key: Callable | None = None, default: Any = ...) -> Any",
			Doc:       "The smallest of a list or of the arguments; default if the list is empty.",
			Place:     script.Anywhere,
			Run:       extreme("min"),
		},
	}
}

// extreme lets the language's own function find the extreme, but for a list that
// has none.
func extreme(name string) func(*script.Scope, *script.Args) (starlark.Value, error) {
	return func(s *script.Scope, a *script.Args) (starlark.Value, error) {
		if fallback := a.Value("default"); fallback != nil && len(a.Rest) == 1 {
			if list, ok := a.Rest[0].(starlark.Iterable); ok && isEmpty(list) {
				return fallback, nil
			}
		}
		var keywords []starlark.Tuple
		if a.Has("key") {
			keywords = append(keywords, starlark.Tuple{starlark.String("key"), a.Value("key")})
		}
		return s.Call(starlark.Universe[name].(starlark.Callable), a.Rest, keywords)
	}
}

func isEmpty(list starlark.Iterable) bool {
	for range starlark.Elements(list) {
		return false
	}
	return true
}
