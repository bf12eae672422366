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
	sent := &sentArguments{scope: s}
	for i, value := range a.Rest {
		arg, err := sent.argument(value, true)
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

// sentArguments makes values what the databases understand, as long as they fit
// into memory: a list may hold the same text many times, and it is sent as often.
type sentArguments struct {
	scope *script.Scope
	bytes int64
}

// argument makes one. A list is sent as a list of such, but not a list of lists.
func (s *sentArguments) argument(value starlark.Value, listAllowed bool) (any, error) {
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
		return string(value), s.take(len(value))
	case starlarktime.Time:
		return time.Time(value), nil
	case *starlark.Dict, *starlarkstruct.Struct:
		data, _, err := s.scope.Encode(value, maxArgumentBytes)
		if err != nil {
			return nil, err
		}
		return data, s.take(len(data))
	case *starlark.List, starlark.Tuple, *starlark.Set:
		if !listAllowed {
			return nil, fmt.Errorf("a list inside of a list cannot be sent")
		}
		return s.list(value.(starlark.Iterable))
	}
	return nil, fmt.Errorf("%s cannot be sent", script.Describe(value))
}

// maxArgumentBytes bounds the JSON that is sent for one argument.
const maxArgumentBytes = 16 << 20

func (s *sentArguments) take(bytes int) error {
	s.bytes += int64(bytes)
	return s.scope.Reserve(s.bytes)
}

func (s *sentArguments) list(list starlark.Iterable) (any, error) {
	elements := []any{}
	for value := range starlark.Elements(list) {
		element, err := s.argument(value, false)
		if err != nil {
			return nil, err
		}
		elements = append(elements, element)
	}
	return elements, nil
}
