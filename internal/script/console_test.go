package script_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// typist is somebody at a console.
type typist struct {
	*script.Console
	world  *world
	limits script.Limits
}

func newTypist() *typist {
	return &typist{Console: compiler().NewConsole(), world: &world{}, limits: script.Limits{MaxMemory: 64 << 20}}
}

// enter runs an input and gives what it showed.
func (y *typist) enter(ctx context.Context, t *testing.T, text string) ([]string, error) {
	t.Helper()
	input, diagnostics := y.Parse("typed", 1, text)
	require.Empty(t, diagnostics)
	var shown []string
	call := script.Call{Host: y.world, Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), Limits: y.limits}
	err := y.Run(ctx, call, input, func(v *script.Value) error {
		text, err := v.Text(0, 0)
		shown = append(shown, text)
		return err
	})
	return shown, err
}

// gives requires that the last of the inputs shows what is wanted.
func (y *typist) gives(t *testing.T, want string, inputs ...string) {
	t.Helper()
	var shown []string
	for _, input := range inputs {
		var err error
		shown, err = y.enter(t.Context(), t, input)
		require.NoError(t, err, input)
	}
	require.Equal(t, want, strings.Join(shown, "\n"))
}

func (y *typist) fails(t *testing.T, input string) *monitor.Failure {
	t.Helper()
	_, err := y.enter(t.Context(), t, input)
	failure, ok := errors.AsType[*monitor.Failure](err)
	require.True(t, ok, "%s: %v", input, err)
	return failure
}

func TestConsole_NamesStayDefined(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want   string
		inputs []string
	}{
		"a value":                              {"3", []string{"x = 1", "x + 2"}},
		"a function":                           {"[1, 2]", []string{"def f(a):\n    return [a, 2]\n", "f(1)"}},
		"several statements":                   {"1\n2", []string{"x = 1; x\nx + 1"}},
		"None shows nothing":                   {"", []string{"None"}},
		"a function sees what is defined anew": {"2", []string{"x = 1", "def f():\n    return x\n", "x = 2", "f()"}},
		"a function sees what is defined later": {
			"7", []string{"def f():\n    return g()\n", "def g():\n    return 7\n", "f()"},
		},
		"a loop writes what it reads":   {"6", []string{"total = 0", "for n in [1, 2, 3]:\n    total += n\n", "total"}},
		"augmented":                     {"[1, 2]", []string{"x = [1]", "x += [2]", "x"}},
		"what is in a list is changed":  {"[1, 2]", []string{"x = [1]", "x.append(2)", "x"}},
		"recursion":                     {"24", []string{"def f(n):\n    return n * f(n - 1) if n else 1\n", "f(4)"}},
		"the last value":                {"4", []string{"1 + 1", "_ * 2"}},
		"what is there can be replaced": {"1", []string{"query = 1", "query"}},
		"unpacking":                     {"(2, 1)", []string{"a, b = 1, 2", "a, b = b, a", "(a, b)"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newTypist().gives(t, test.want, test.inputs...)
		})
	}
}

func TestConsole_AFailureLeavesWhatWasDefinedBefore(t *testing.T) {
	t.Parallel()
	y := newTypist()
	failure := y.fails(t, "x = 1\ny = x / 0\nz = 3")
	require.Equal(t, "typed:2:7", failure.Position)
	require.Contains(t, failure.Traceback, "typed:2:7: in <toplevel>\n    y = x / 0\n")
	y.gives(t, "1", "x")
	require.Equal(t, "undefined: z", y.fails(t, "z").Message)
}

func TestConsole_AnUnknownNameSaysWhatMayBeMeant(t *testing.T) {
	t.Parallel()
	y := newTypist()
	y.gives(t, "", "orders = 1")
	require.Equal(t, `undefined: order (did you mean "orders"?)`, y.fails(t, "order").Message)
	require.Equal(t, `undefined: qery (did you mean "query"?)`, y.fails(t, "def f():\n    return qery()\n\nf()").Message)
	require.Equal(t, `undefined: isinstance: compare type(x) == "string"`, y.fails(t, "isinstance(1, 2)").Message)
	require.Contains(t, y.fails(t, `load("helpers.star", "x")`).Message, "this is none")
	require.Contains(t, y.fails(t, `monitor(model_id_key = "id")`).Message, "top level")
	require.Equal(t, "typed:1:1", y.fails(t, "return 1").Position)
}

func TestConsole_CodeThatDoesNotParseSaysWhere(t *testing.T) {
	t.Parallel()
	y := newTypist()
	_, diagnostics := y.Parse("-", 7, "x = 1\nf\"{x}\"")
	require.Len(t, diagnostics, 1)
	require.Contains(t, diagnostics[0].String(), `-:8:1: `)
	require.Contains(t, diagnostics[0].Message, "format")
	_, diagnostics = y.Parse("-", 1, "x = '\xff'")
	require.Contains(t, diagnostics[0].Message, "not UTF-8")
}

func TestConsole_ACancelledCallEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	y := newTypist()
	y.world.query = func(ctx context.Context, _ monitor.Query) (monitor.Rows, error) {
		cancel(errors.New("interrupted"))
		<-ctx.Done()
		return nil, &monitor.Failure{Kind: monitor.FailureCancelled, Message: "interrupted"}
	}
	_, err := y.enter(ctx, t, `attempt(query, "shop", "select 1"); x = 1`)
	failure, ok := errors.AsType[*monitor.Failure](err)
	require.True(t, ok)
	require.Equal(t, monitor.FailureCancelled, failure.Kind)
	_, err = y.enter(ctx, t, "1")
	require.ErrorContains(t, err, "interrupted")
	y.gives(t, "2", "2")
}

func TestConsole_WhatNamesHoldCountsAsMemory(t *testing.T) {
	t.Parallel()
	y := newTypist()
	y.limits.MaxMemory = 4 << 20
	y.gives(t, "", "texts = []")
	failure := y.fails(t, "for i in range(200000):\n    texts.append(str(i) * 1000)\n")
	require.Equal(t, monitor.FailureLimit, failure.Kind)
	require.Contains(t, failure.Message, "more than 4 MiB of memory")
	failure = y.fails(t, "x = [0] * (1 << 20)")
	require.Equal(t, monitor.FailureLimit, failure.Kind)
	y.gives(t, "2", "texts = None", "1 + 1")
}

func TestConsole_ParallelFreezesWhatIsDefined(t *testing.T) {
	t.Parallel()
	y := newTypist()
	y.gives(t, "[2, 4]", "seen = []", "def f(x):\n    return x * 2\n", "parallel(f, [1, 2])")
	require.Contains(t, y.fails(t, "seen.append(1)").Message, "frozen")
	y.gives(t, "", "seen = []")
	require.Contains(t, y.fails(t, "parallel(lambda x: seen.append(x), [1, 2])").Message, "frozen")
}

func TestConsole_UsesAMonitor(t *testing.T) {
	t.Parallel()
	files := monitor.Files{
		monitor.CodeFile: head + "LIMIT = 3\ndef search():\n    return query('shop', read_file('search.sql'))\ndef update(issues):\n    pass\n",
		"search.sql":     "select 1",
	}
	program, diagnostics := compiler().Compile("orders", files)
	require.False(t, diagnostics.HasErrors(), diagnostics)
	y := newTypist()
	y.world.query = func(_ context.Context, q monitor.Query) (monitor.Rows, error) {
		return monitor.Rows{monitor.Data(`{"sql":"` + q.SQL + `"}`)}, nil
	}
	require.Equal(t, []string{"LIMIT", "search", "update"}, y.Use(program))
	y.gives(t, `[{"sql": "select 1"}]`, "search()")
	y.gives(t, `"select 1"`, `read_file("search.sql")`)
	y.gives(t, "3", "LIMIT")
	require.Equal(t, []string{"monitor.star", "search.sql"}, y.FileNames())
}

func TestConsole_TellsWhatCanBeTyped(t *testing.T) {
	t.Parallel()
	y := newTypist()
	y.gives(t, "", "rows = [{'order_id': 1, 'status': 'paid'}]", "def f(a, b = 1):\n    pass\n")
	require.Contains(t, y.Names(), "rows")
	require.Contains(t, y.Names(), "query")
	require.NotContains(t, strings.Join(y.Names(), " "), "=")
	require.Contains(t, y.Members("json"), "encode")
	require.Contains(t, y.Members("rows"), "append")
	require.Equal(t, []string{"order_id", "status"}, y.Keys("rows"))
	require.Equal(t, []string{"database", "sql", "timeout", "max_rows"}, y.Parameters("query"))
	require.Equal(t, []string{"a", "b"}, y.Parameters("f"))
	signature, doc := y.Describe("query")
	require.True(t, strings.HasPrefix(signature, "query("))
	require.NotEmpty(t, doc)
}

func TestUnfinished(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def f():":              true,
		"def f():\n    # later": true,
		"f(1,":                  true,
		"[1,\n2":                true,
		"{'a': 1,":              true,
		`x = """select`:         true,
		`x = 1 + \`:             true,
		"def f():\n    y = [":   true,
		"if x:\n    y()\nelse:": true,
		"for x in":              false,
		"x = 'abc":              false,
		"x = 1":                 false,
		"":                      false,
		"x)":                    false,
		"# only this":           false,
		"def f():\n    return1": false,
	} {
		require.Equal(t, want, script.Unfinished(code), code)
	}
}

func TestMayGoOn(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"def f():\n    return 1":   true,
		"def f():\n    return 1\n": false,
		"if x: y()":                true,
		"x = 1":                    false,
		"":                         false,
	} {
		require.Equal(t, want, script.MayGoOn(code), code)
	}
}

func TestValue_IsShownAsWhatItIs(t *testing.T) {
	t.Parallel()
	y := newTypist()
	tests := map[string]struct {
		code, text string
		rows       int
		data       string
	}{
		"rows":      {`[{"a": 1}, {"b": "x"}]`, `[{"a": 1}, {"b": "x"}]`, 2, `[{"a":1},{"b":"x"}]`},
		"numbers":   {`[1, 2]`, `[1, 2]`, 0, `[1,2]`},
		"empty":     {`[]`, `[]`, 0, `[]`},
		"mixed":     {`[{"a": 1}, 2]`, `[{"a": 1}, 2]`, 0, `[{"a":1},2]`},
		"text":      {`"a\nb"`, `"a\nb"`, 0, `"a\nb"`},
		"long dict": {`{"first": "0123456789", "second": [1, 2], "third": "0123456789"}`, "{\n    \"first\": \"0123456789\",\n    \"second\": [1, 2],\n    ... 1 more\n}", 0, `{"first":"0123456789","second":[1,2],"third":"0123456789"}`},
		"function":  {`len`, `<built-in function len>`, 0, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			input, diagnostics := y.Parse("typed", 1, test.code)
			require.Empty(t, diagnostics)
			err := y.Run(t.Context(), script.Call{Host: y.world, Limits: y.limits}, input, func(v *script.Value) error {
				text, err := v.Text(40, 2)
				require.NoError(t, err)
				require.Equal(t, test.text, text)
				rows, total, ok := v.Rows(1)
				require.Equal(t, test.rows > 0, ok)
				require.Equal(t, test.rows, total)
				require.Len(t, rows, min(test.rows, 1))
				data, err := v.Data()
				require.Equal(t, test.data == "", err != nil)
				require.Equal(t, test.data, string(data))
				return nil
			})
			require.NoError(t, err)
		})
	}
}

func TestValue_WhatIsTooLargeToShowFails(t *testing.T) {
	t.Parallel()
	y := newTypist()
	y.limits.MaxMemory = 1 << 20
	failure := y.fails(t, "x = ['a' * 1000] * 100\n[x] * 100")
	require.Equal(t, monitor.FailureLimit, failure.Kind)
	y.gives(t, "2", "2")
}
