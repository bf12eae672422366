package scripttest

import (
	"fmt"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// fixtures are the builtins that set the scene of a test.
func fixtures() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "fake_query(db: str, sql: str, rows: list[dict[str, Any]] | Callable | None = None, error: str | None = None) -> None",
			Doc:       "Answers queries whose statement has this part, or is in this file, with rows, function(args) or an error. The last that matches counts.",
			Run:       fakeQuery,
		},
		{
			Signature: "queries() -> list[Struct]",
			Doc:       "The queries made so far, each with .database, .sql and .args.",
			Run:       queries,
		},
		{
			Signature: "fake_now(time: Time | str) -> None",
			Doc:       "Sets the time.",
			Run:       fakeNow,
		},
		{
			Signature: "fake_variable(name: str, value: Any) -> None",
			Doc:       "Sets a variable as if an earlier run had.",
			Run:       fakeVariable,
		},
		{
			Signature: "fake_setting(name: str, value: Any) -> None",
			Doc:       "Sets what setting(name) gives.",
			Run:       fakeSetting,
		},
	}
}

func fakeQuery(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_query")
	if err != nil {
		return nil, err
	}
	answer := fake{database: a.String("db"), scope: s}
	sql, failure := a.String("sql"), a.String("error")
	if err := a.Err(); err != nil {
		return nil, err
	}
	switch {
	case a.Has("error") == a.Has("rows"):
		return nil, fmt.Errorf("fake_query() needs either rows or an error")
	case a.Has("error"):
		answer.failure = failureNamed(failure)
	default:
		if function, ok := a.Value("rows").(starlark.Callable); ok {
			answer.function = function
		} else if answer.rows, err = rowsOf(s, a.Value("rows")); err != nil {
			return nil, fmt.Errorf("fake_query(): %w", err)
		}
	}
	return starlark.None, w.fakes.add(sql, answer)
}

// failureNamed is the failure that a test means: one of the kinds that attempt()
// tells apart, or with any other text what a database says of a statement.
func failureNamed(name string) *monitor.Failure {
	switch kind := monitor.FailureKind(name); kind {
	case monitor.FailureTimeout:
		return &monitor.Failure{Kind: kind, Message: "the query took too long (faked)"}
	case monitor.FailureConnection:
		return &monitor.Failure{Kind: kind, Message: "the database could not be reached (faked)"}
	case monitor.FailureQuery:
		return &monitor.Failure{Kind: kind, Message: "the database refused the statement (faked)"}
	default:
		return &monitor.Failure{Kind: monitor.FailureQuery, Message: name}
	}
}

func queries(s *script.Scope, _ *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "queries")
	if err != nil {
		return nil, err
	}
	made := w.fakes.made()
	elements := make([]starlark.Value, len(made))
	for i, q := range made {
		args, err := argumentsOf(q)
		if err != nil {
			return nil, err
		}
		elements[i] = structOf("query", starlark.StringDict{
			"database": starlark.String(q.Database),
			"sql":      starlark.String(q.SQL),
			"args":     args,
		})
	}
	return starlark.NewList(elements), nil
}

func fakeNow(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_now")
	if err != nil {
		return nil, err
	}
	switch value := a.Value("time").(type) {
	case starlarktime.Time:
		w.setNow(time.Time(value))
	case starlark.String:
		now, err := lib.ParseTime(string(value), time.UTC)
		if err != nil {
			return nil, fmt.Errorf("fake_now(): %w", err)
		}
		w.setNow(now)
	default:
		a.Refuse("time", "must be a time or its text, not %s", script.Describe(value))
	}
	return starlark.None, a.Err()
}

func fakeVariable(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_variable")
	if err != nil {
		return nil, err
	}
	name, value, err := named(s, a)
	if err == nil {
		w.SetVariable(name, value)
	}
	return starlark.None, err
}

func fakeSetting(s *script.Scope, a *script.Args) (starlark.Value, error) {
	w, err := worldOf(s, "fake_setting")
	if err != nil {
		return nil, err
	}
	name, value, err := named(s, a)
	if err == nil {
		w.setSetting(name, value)
	}
	return starlark.None, err
}

// named reads a name and the value it is to have, in stored form.
func named(s *script.Scope, a *script.Args) (string, monitor.Data, error) {
	name := a.String("name")
	if err := a.Err(); err != nil {
		return "", "", err
	}
	value, _, err := s.Encode(a.Value("value"), maxRowBytes)
	if err != nil {
		return "", "", fmt.Errorf("the value of %q: %w", name, err)
	}
	return name, value, nil
}
