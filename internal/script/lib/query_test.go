package lib_test

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestQuery_PassesWhatItIsGiven(t *testing.T) {
	t.Parallel()
	var got monitor.Query
	host := &world{query: func(_ context.Context, q monitor.Query) (monitor.Rows, error) {
		got = q
		return monitor.Rows{`{"id":1,"tags":["a"]}`, `{"id":2,"tags":null}`}, nil
	}}
	value := evaluate(t, host, `query("shop", "select ?", None, True, 7, 1 << 70, 1.5, "x", now(), [1, "a", None], (2.5,), set(["s"]), {"a": [1]}, struct(b = 2), timeout = "1.5s", max_rows = 10)`)
	require.JSONEq(t, `[{"id":1,"tags":["a"]},{"id":2,"tags":null}]`, value)
	require.Equal(t, monitor.Query{
		Database: "shop", SQL: "select ?",
		Args: []any{
			nil, true, int64(7), new(big.Int).Lsh(big.NewInt(1), 70), 1.5, "x", noon,
			[]any{int64(1), "a", nil},
			[]any{2.5},
			[]any{"s"},
			monitor.Data(`{"a":[1]}`), monitor.Data(`{"b":2}`),
		},
		Timeout: 1500 * time.Millisecond, MaxRows: 10,
	}, got)
}

func TestQuery_RowsAreFreeToChange(t *testing.T) {
	t.Parallel()
	host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
		return monitor.Rows{`{"id":1}`}, nil
	}}
	require.JSONEq(t, `[{"id":1,"x":[2]}]`, evaluate(t, host, `[dict(row, x = [2]) for row in query("shop", "")]`))
	require.Equal(t, `[]`, evaluate(t, &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) { return nil, nil }}, `query("shop", "")`))
}

func TestQuery_Mistakes(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string]string{
		`query(5, "")`:                         `query() argument "database" must be a string, not an int`,
		`query("shop", None)`:                  `query() argument "sql" must be a string, not None`,
		`query("shop", "", len)`:               `query() argument 1 for the statement: a function cannot be sent`,
		`query("shop", "", 1, [[2]])`:          `query() argument 2 for the statement: a list inside of a list cannot be sent`,
		`query("shop", "", b"x")`:              `query() argument 1 for the statement: a bytes cannot be sent`,
		`query("shop", "", {"f": len})`:        `query() argument 1 for the statement: ["f"]: a function cannot be stored`,
		`query("shop", "", timeout = 0)`:       `query() argument "timeout" must be more than 0`,
		`query("shop", "", timeout = "soon")`:  `query() argument "timeout": "soon" is not a duration`,
		`query("shop", "", max_rows = 0)`:      `query() argument "max_rows" must be at least 1`,
		`query("shop", "", max_rows = "many")`: `query() argument "max_rows" must be an int, not a string`,
		`query("shop", "")`:                    `no database`,
	} {
		require.Contains(t, fails(t, &world{}, expression).Message, want, expression)
	}
}

func TestQuery_FailuresCanBeCaughtByKind(t *testing.T) {
	t.Parallel()
	for _, kind := range []monitor.FailureKind{monitor.FailureQuery, monitor.FailureTimeout, monitor.FailureConnection} {
		host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
			return nil, &monitor.Failure{Kind: kind, Message: "shop: it went wrong"}
		}}
		require.Equal(t, `["`+string(kind)+`","shop: it went wrong"]`,
			evaluate(t, host, `[f(attempt(query, "shop", "").error) for f in [lambda e: e.kind, lambda e: e.message]]`))
		failure := fails(t, host, `query("shop", "")`)
		require.Equal(t, kind, failure.Kind)
		require.Equal(t, "monitor.star:3:23: shop: it went wrong", failure.Error())
	}
}

func TestQuery_CancellationCannotBeCaught(t *testing.T) {
	t.Parallel()
	host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
		return nil, &monitor.Failure{Kind: monitor.FailureCancelled, Message: "the executor stops"}
	}}
	failure := fails(t, host, `attempt(query, "shop", "").error.kind`)
	require.Equal(t, monitor.FailureCancelled, failure.Kind)
	require.Equal(t, "the executor stops", failure.Message)
}

func TestParallel_QueriesRunAtTheSameTime(t *testing.T) {
	t.Parallel()
	const n = 5
	arrived, all := make(chan struct{}, n), make(chan struct{})
	host := &world{query: func(_ context.Context, q monitor.Query) (monitor.Rows, error) {
		arrived <- struct{}{}
		if len(arrived) == n {
			close(all)
		}
		<-all // nobody gets on before all are here
		return monitor.Rows{monitor.Data(`{"sql":"` + q.SQL + `"}`)}, nil
	}}
	require.Equal(t, `["0","1","2","3","4"]`, evaluate(t, host, `parallel(lambda i: query("shop", str(i))[0]["sql"], list(range(5)))`))
}

func TestParallel_FirstFailureInOrderCounts(t *testing.T) {
	t.Parallel()
	require.Equal(t, "no 2", fails(t, &world{}, `parallel(lambda x: fail("no", x) if x in (2, 4) else x, [1, 2, 3, 4], limit = 1)`).Message)
	require.Equal(t, `[1,"code",3]`, evaluate(t, &world{},
		`parallel(lambda x: (lambda a: a.error.kind if a.error else a.value)(attempt(lambda y: 6 // (y - 2) and y, x)), [1, 2, 3])`))
	failure := fails(t, &world{}, `parallel(lambda x: 1 // x, [0])`)
	require.Equal(t, "monitor.star:3:44", failure.Position)
	line := "    return [{\"value\": parallel(lambda x: 1 // x, [0])}]\n"
	require.Equal(t, "Traceback (most recent call last):\n  monitor.star:3:23: in search\n"+line+"  monitor.star:3:44: in lambda\n"+line, failure.Traceback)
}

func TestParallel_FreezesWhatIsCaptured(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    rows = []
    parallel(lambda x: rows.append(x), [1, 2])`)
	require.ErrorContains(t, err, "cannot append to frozen list")

	returned, err := search(t, &world{}, `
    item = {"id": 1, "tags": [], "t": (["x"],)}
    def change(copy):
        copy["tags"].append("seen")
        copy["t"][0].append("y")
        return copy
    return parallel(change, [item, item]) + [item]`)
	require.NoError(t, err)
	require.Equal(t, []monitor.Entry{
		{Data: `{"id":1,"tags":["seen"],"t":[["x","y"]]}`},
		{Data: `{"id":1,"tags":["seen"],"t":[["x","y"]]}`},
		{Data: `{"id":1,"tags":[],"t":[["x"]]}`},
	}, returned.Entries)
}
