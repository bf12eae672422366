package lib

import (
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

func secrets() []script.Builtin {
	return []script.Builtin{{
		Signature: "secret(name: str) -> str",
		Doc:       "A value that the operator lists under secrets in the configuration. It is taken out of logs, errors and data.",
		Literals:  known("name", monitor.UnknownSecret, "secret"),
		Run:       secret,
	}}
}

func secret(s *script.Scope, a *script.Args) (starlark.Value, error) {
	name := a.String("name")
	if err := a.Err(); err != nil {
		return nil, err
	}
	value, err := s.Host().Secret(name)
	if err != nil {
		return nil, err
	}
	return starlark.String(value), nil
}
