package script

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.starlark.net/starlark"
)

func TestSignature_Bind(t *testing.T) {
	t.Parallel()
	f := parseSignature(`f(a: str, b: dict[str, int] = {}, *rest: Any, c: int | None = None, **more: Any) -> None`)
	require.Equal(t, "f", f.name)
	require.Equal(t, []parameter{{"a", true}, {"b", false}, {"c", false}}, f.parameters)
	require.Equal(t, 2, f.positional)

	text := func(s string) starlark.Value { return starlark.String(s) }
	a, err := f.bind(starlark.Tuple{text("1"), text("2"), text("3")}, []starlark.Tuple{{text("c"), text("4")}, {text("d"), text("5")}})
	require.NoError(t, err)
	require.Equal(t, starlark.Tuple{text("1"), text("2"), text("4")}, a.Given())
	require.Equal(t, starlark.Tuple{text("3")}, a.Rest)
	require.Equal(t, []starlark.Tuple{{text("d"), text("5")}}, a.Keywords)
}

func TestSignature_Mismatches(t *testing.T) {
	t.Parallel()
	query := parseSignature(`query(database: str, sql: str, *args: Any, timeout: float | None = None)`)
	one := parseSignature(`one(x: Any)`)
	named := parseSignature(`named(*, x: Any = 1)`)
	two := parseSignature(`two(x: Any, y: Any = 1)`)
	cases := []struct {
		signature  *signature
		positional int
		keywords   []string
		open       bool
		want       []string
	}{
		{query, 2, nil, false, nil},
		{query, 5, []string{"timeout"}, false, nil},
		{query, 0, nil, true, nil},
		{query, 0, []string{"sql"}, false, []string{`query() is missing the argument "database"`}},
		{query, 2, []string{"time_out"}, false, []string{`query() got an unexpected keyword argument "time_out" (did you mean "timeout"?)`}},
		{query, 2, []string{"sql"}, false, []string{`query() got multiple values for argument "sql"`}},
		{one, 2, nil, false, []string{`one() takes at most 1 argument by position (2 given)`}},
		{named, 1, nil, false, []string{`named() takes its arguments by name only (1 given by position)`}},
		{two, 3, []string{"z"}, false, []string{`two() takes at most 2 arguments by position (3 given)`, `two() got an unexpected keyword argument "z"`}},
	}
	for _, c := range cases {
		var got []string
		for _, wrong := range c.signature.mismatches(c.positional, c.keywords, c.open) {
			got = append(got, wrong.message)
		}
		require.Equal(t, c.want, got)

		if !c.open {
			args := make(starlark.Tuple, c.positional)
			for i := range args {
				args[i] = starlark.None
			}
			var keywords []starlark.Tuple
			for _, keyword := range c.keywords {
				keywords = append(keywords, starlark.Tuple{starlark.String(keyword), starlark.None})
			}
			_, err := c.signature.bind(args, keywords)
			require.Equal(t, len(c.want) > 0, err != nil)
		}
	}
}

func TestParseSignature_RefusesWhatIsNone(t *testing.T) {
	t.Parallel()
	require.Panics(t, func() { parseSignature("nothing") })
}
