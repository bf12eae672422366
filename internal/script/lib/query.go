package lib

import (
	"fmt"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

func queries() []script.Builtin {
	return []script.Builtin{{
		Signature:  "query(database: str, sql: str, *args: Any, timeout: Duration | None = None, max_rows: int | None = None) -> list[dict[str, Any]]",
		Doc:        "Rows of a read-only query, with the columns as keys. Placeholders are the database's own.",
		Parameters: queryParameters,
		Literals:   known("database", monitor.UnknownDatabase, "database"),
		Run:        query,
	}}
}

func query(s *script.Scope, a *script.Args) (starlark.Value, error) {
	q := monitor.Query{
		Database: a.String("database"),
		SQL:      a.String("sql"),
		Timeout:  a.Duration("timeout"),
		MaxRows:  a.Int("max_rows", 0),
	}
	if a.Has("timeout") && q.Timeout <= 0 {
		refuseNumber(a, "timeout", "must be more than 0")
	}
	if a.Has("max_rows") && q.MaxRows < 1 {
		refuseNumber(a, "max_rows", "must be at least 1")
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	for i, value := range a.Rest {
		arg, err := queryArgument(s, value, true)
		if err != nil {
			return nil, fmt.Errorf("query() argument %d for the statement: %w", i+1, err)
		}
		q.Args = append(q.Args, arg)
	}
	rows, err := s.Host().Query(s.Context(), q)
	if err != nil {
		return nil, passedOn(s, err, monitor.FailureQuery)
	}
	values, err := s.Decode(rows...)
	if err != nil {
		return nil, fmt.Errorf("query() rows: %w", err)
	}
	return starlark.NewList(values), nil
}

// queryArgument makes a value what the databases understand. A list is sent as a
// list of such, but not a list of lists.
func queryArgument(s *script.Scope, value starlark.Value, listAllowed bool) (any, error) {
	switch value := value.(type) {
	case starlark.NoneType:
		return nil, nil
	case starlark.Bool:
		return bool(value), nil
	case starlark.Int:
		if small, ok := value.Int64(); ok {
			return small, nil
		}
		return value.BigInt(), nil
	case starlark.Float:
		return float64(value), nil
	case starlark.String:
		return string(value), nil
	case starlarktime.Time:
		return time.Time(value), nil
	case *starlark.Dict, *starlarkstruct.Struct:
		data, _, err := s.Encode(value, maxArgumentBytes)
		return data, err
	case *starlark.List, starlark.Tuple, *starlark.Set:
		if !listAllowed {
			return nil, fmt.Errorf("a list inside of a list cannot be sent")
		}
		return queryList(s, value.(starlark.Iterable))
	}
	return nil, fmt.Errorf("%s cannot be sent", script.Describe(value))
}

// maxArgumentBytes bounds the JSON that is sent for one argument.
const maxArgumentBytes = 16 << 20

func queryList(s *script.Scope, list starlark.Iterable) (any, error) {
	elements := []any{}
	for value := range starlark.Elements(list) {
		element, err := queryArgument(s, value, false)
		if err != nil {
			return nil, err
		}
		elements = append(elements, element)
	}
	return elements, nil
}
