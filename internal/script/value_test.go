package script_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestSearch_R08_StoredForm(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`None`:                           `null`,
		`[True, False]`:                  `[true,false]`,
		`7`:                              `7`,
		`7.0`:                            `7`,
		`-0.0`:                           `0`,
		`0.1 + 0.2`:                      `0.30000000000000004`,
		`1e21`:                           `1e21`,
		`1e20`:                           `100000000000000000000`,
		`1.5e-7`:                         `1.5e-7`,
		`-2.5e300`:                       `-2.5e300`,
		`0.000001`:                       `0.000001`,
		`float("nan")`:                   `null`,
		`float("-inf")`:                  `null`,
		`123456789012345678901234567890`: `123456789012345678901234567890`,
		`-9223372036854775809`:           `-9223372036854775809`,
		`"a\"b\\c\n\t\u0001é\U0001F600"`: `"a\"b\\c\n\t\u0001é😀"`,
		`"<&>"`:                          `"<&>"`,
		`"a\000b"`:                       `"a` + "\ufffd" + `b"`,
		`"é"[:1]`:                        `"` + "\ufffd" + `"`,
		`b"\x00\xff"`:                    `"AP8="`,
		`(1, (2,))`:                      `[1,[2]]`,
		`set(["b", "a", "b"])`:           `["b","a"]`,
		`range(3)`:                       `[0,1,2]`,
		`struct(b = 1, a = [])`:          `{"a":[],"b":1}`,
		`{"b": 1, "a": {}}`:              `{"b":1,"a":{}}`,
		`now()`:                          `"2026-11-23T12:00:00.000Z"`,
		`time.parse_time("2026-11-23T14:00:00.1239+02:00")`: `"2026-11-23T12:00:00.123Z"`,
		`age("2026-11-23 10:30:00")`:                        `"1h30m0s"`,
	}
	for expression, want := range cases {
		t.Run(expression, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, monitor.Data(want), evaluate(t, &world{}, expression))
		})
	}
}

func TestSearch_R08_ReplacedCharactersAreWarnedOf(t *testing.T) {
	t.Parallel()
	host := &world{}
	_, err := search(t, host, `    return [{"id": 1, "a": "\000"}, {"id": 2}, {"id": 3, "\000": "é"[:1]}]`)
	require.NoError(t, err)
	require.Equal(t, []string{"warning: search() returned text with U+0000 or invalid UTF-8: replaced by U+FFFD in 2 entries "}, host.log)
}

func TestSearch_EntriesWithoutStoredFormSayWhy(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`7`:                             `it is an int, not a dict`,
		`[1]`:                           `it is a list, not a dict`,
		`None`:                          `it is None, not a dict`,
		`{"f": search}`:                 `["f"]: a function cannot be stored`,
		`{"a": [1, {"b": len}]}`:        `["a"][1]["b"]: a function cannot be stored`,
		`{"m": math}`:                   `["m"]: a module cannot be stored`,
		`{1: 2}`:                        `a key is an int (1), not a string`,
		`{"a": {(1, 2): 3}}`:            `["a"]: a key is a tuple, not a string`,
		`{"a": "x" * 300000}`:           `it is over 256 KiB`,
		`{"a": ["x" * 200000] * 2}`:     `it is over 256 KiB`,
		`{"a": nested(30)}`:             `nested deeper than 20 levels`,
		`{"a": endless(), "b": "more"}`: `nested deeper than 20 levels`,
	}
	for entry, want := range cases {
		t.Run(entry, func(t *testing.T) {
			t.Parallel()
			program := compile(t, head+stubs["update"]+`
def nested(n):
    return [nested(n - 1)] if n else []
def endless():
    d = {}
    d["self"] = d
    return d
def search():
    return [{"id": 1}, `+entry+`]
`)
			returned, err := program.Search(t.Context(), callOf(&world{}))
			require.NoError(t, err)
			require.Len(t, returned.Entries, 2)
			require.Equal(t, monitor.Entry{Data: `{"id":1}`}, returned.Entries[0])
			require.Contains(t, returned.Entries[1].Problem, want)
			require.Empty(t, returned.Entries[1].Data)
			require.Less(t, len(returned.Entries[1].Problem), 300)
		})
	}
}

func TestUpdate_R10_GetsCopiesInOrder(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["search"]+`
def update(issues):
    for i, issue in enumerate(issues):
        issue["n"] = i
    issues.append({"id": "new"})
    return issues
`)
	data := []monitor.Data{`{"id":7,"tags":["a"]}`, `{"id":"x","big":123456789012345678901234567890,"f":0.1,"z":1e400}`}
	_, err := program.Update(t.Context(), callOf(&world{}), data)
	require.Contains(t, failureOf(t, err, monitor.FailureCode).Message, "number out of range")

	data[1] = `{"id":"x","big":123456789012345678901234567890,"f":0.1}`
	returned, err := program.Update(t.Context(), callOf(&world{}), data)
	require.NoError(t, err)
	require.Equal(t, []monitor.Entry{
		{Data: `{"id":7,"tags":["a"],"n":0}`},
		{Data: `{"id":"x","big":123456789012345678901234567890,"f":0.1,"n":1}`},
		{Data: `{"id":"new"}`},
	}, returned.Entries)
	require.JSONEq(t, `{"id":7,"tags":["a"]}`, string(data[0]))
}

func TestSearch_R11_MustReturnAListOrNothing(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`5`:              "not an int",
		`{"id": 1}`:      "not a dict",
		`({"id": 1},)`:   "not a tuple",
		`"rows"`:         "not a string",
		`True`:           "not a bool",
		`struct(id = 1)`: "not a struct",
		`search`:         "not a function",
		`set([1])`:       "not a set",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			_, err := search(t, &world{}, "    return "+value)
			failure := failureOf(t, err, monitor.FailureResult)
			require.Equal(t, "search() must return a list of dicts or None, "+want, failure.Message)
		})
	}
	returned, err := search(t, &world{}, "    pass")
	require.NoError(t, err)
	require.Equal(t, monitor.Returned{Nothing: true}, returned)
	returned, err = search(t, &world{}, "    return []")
	require.NoError(t, err)
	require.Equal(t, monitor.Returned{Entries: []monitor.Entry{}}, returned)
}

func TestSearch_TooMuchReturned(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `    return [{"id": i} for i in range(1001)]`)
	require.Equal(t, "search() returned 1001 entries: at most 1000 are allowed", failureOf(t, err, monitor.FailureLimit).Message)

	_, err = search(t, &world{}, `
    text = "x" * 200000
    return [{"id": i, "text": text} for i in range(100)]`)
	require.True(t, strings.HasPrefix(failureOf(t, err, monitor.FailureLimit).Message, "search() returned more than 16 MiB"))
}
