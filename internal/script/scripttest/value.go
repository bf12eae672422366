package scripttest

import (
	"fmt"
	"math/big"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxRowBytes bounds what a test hands in as one row, issue or variable.
const maxRowBytes = 16 << 20

// rowsOf brings what a test gives as rows to the form of a query's result.
func rowsOf(s *script.Scope, value starlark.Value) (monitor.Rows, error) {
	list, ok := value.(*starlark.List)
	if !ok {
		return nil, fmt.Errorf("rows must be a list of dicts, not %s", script.Describe(value))
	}
	return objectsOf(s, "row", list)
}

// objectsOf brings the dicts of a list to stored form; what names one of them.
func objectsOf(s *script.Scope, what string, list starlark.Iterable) ([]monitor.Data, error) {
	objects := []monitor.Data{}
	for value := range starlark.Elements(list) {
		data, err := objectOf(s, value)
		if err != nil {
			return nil, fmt.Errorf("%s %d %w", what, len(objects)+1, err)
		}
		objects = append(objects, data)
	}
	return objects, nil
}

func objectOf(s *script.Scope, value starlark.Value) (monitor.Data, error) {
	data, _, err := s.Encode(value, maxRowBytes)
	if err != nil {
		return "", fmt.Errorf("has no stored form: %w", err)
	}
	if !data.IsObject() {
		return "", fmt.Errorf("must be a dict, not %s", script.Describe(value))
	}
	return data, nil
}

// argumentsOf gives a query's arguments as the code that made it wrote them.
func argumentsOf(q monitor.Query) (*starlark.List, error) {
	list, err := listOf(q.Args)
	if err != nil {
		return nil, fmt.Errorf("arguments of the query: %w", err)
	}
	return list, nil
}

func listOf(args []any) (*starlark.List, error) {
	elements := make([]starlark.Value, len(args))
	for i, arg := range args {
		var err error
		if elements[i], err = valueOf(arg); err != nil {
			return nil, err
		}
	}
	return starlark.NewList(elements), nil
}

func valueOf(arg any) (starlark.Value, error) {
	switch arg := arg.(type) {
	case nil:
		return starlark.None, nil
	case bool:
		return starlark.Bool(arg), nil
	case int64:
		return starlark.MakeInt64(arg), nil
	case *big.Int:
		return starlark.MakeBigInt(arg), nil
	case float64:
		return starlark.Float(arg), nil
	case string:
		return starlark.String(arg), nil
	case time.Time:
		return starlarktime.Time(arg), nil
	case monitor.Data:
		return script.Decode(arg)
	case []any:
		return listOf(arg)
	}
	return nil, fmt.Errorf("a %T cannot be shown", arg)
}

// structOf makes a struct that shows its name.
func structOf(name string, fields starlark.StringDict) starlark.Value {
	return starlarkstruct.FromStringDict(starlark.String(name), fields)
}
