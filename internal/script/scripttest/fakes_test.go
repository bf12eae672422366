package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestFakeQuery_TheLastThatMatchesCounts(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "", [{"id": 1}])
    fake_query("shop", "from orders where id > ?", [{"id": 2}])
    fake_query("shop", "select id from refunds", [{"id": 3}])
    assert.eq(query("shop", "select 1"), [{"id": 1}])
    assert.eq(search_rows(), [{"id": 2}])
    fake_query("shop", "search.sql", [{"id": 4}])
    assert.eq(search_rows(), [{"id": 4}])

def search_rows():
    return query("shop", read_file("search.sql"), 0)
`)
}

func TestFakeQuery_AFunctionGetsTheArguments(t *testing.T) {
	t.Parallel()
	passes(t, `
    calls = []
    def answer(args):
        calls.append(args)
        return [{"n": len(args)}]
    fake_query("shop", "select", answer)
    when = time.parse_time("2026-01-01")
    args = [None, True, 7, 1 << 80, 0.5, "x", when, {"a": [1]}, [1, None]]
    assert.eq(query("shop", "select 1", *args), [{"n": 9}])
    assert.eq(calls, [args])
    assert.eq([(q.database, q.sql, q.args) for q in queries()], [("shop", "select 1", args)])
    parallel_calls = parallel(lambda n: query("shop", "select ?", n), [1, 2, 3])
    assert.eq(parallel_calls, [[{"n": 1}]] * 3)
    assert.eq(sorted([call[0] for call in calls[1:]]), [1, 2, 3])
`)
}

func TestFakeQuery_ErrorsAreThoseThatAttemptTellsApart(t *testing.T) {
	t.Parallel()
	passes(t, `
    for kind in ["timeout", "connection", "query"]:
        fake_query("shop", "select", error = kind)
        assert.eq(attempt(query, "shop", "select 1").error.kind, kind)
    fake_query("shop", "select", error = "no such table: order")
    error = attempt(query, "shop", "select 1").error
    assert.eq((error.kind, error.message), ("query", "no such table: order"))
`)
}

func TestFakeQuery_MaxRowsHold(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "select", [{"n": 1}, {"n": 2}])
    assert.eq(len(query("shop", "select", max_rows = 2)), 2)
    assert.fails(lambda: query("shop", "select", max_rows = 1), "more rows than the limit of 1 .*the fake has 2")
`)
}

func TestFakeQuery_WhatCannotBeFaked(t *testing.T) {
	t.Parallel()
	passes(t, `
    assert.fails(lambda: fake_query("shop", "select"), "either rows or an error")
    assert.fails(lambda: fake_query("shop", "select", [], error = "timeout"), "either rows or an error")
    assert.fails(lambda: fake_query("shop", "select", 5), "rows must be a list of dicts, not an int")
    assert.fails(lambda: fake_query("shop", "select", [{"a": 1}, 2]), "row 2 must be a dict, not an int")
    assert.fails(lambda: fake_query("shop", "select", [{"a": len}]), "row 1 .*cannot be stored")
    assert.fails(lambda: fake_query("shop", "serch.sql", []), 'there is no file "serch.sql" in the monitor.s folder \\(did you mean "search.sql"\\?\\)')
    assert.fails(lambda: fake_query(1, 2, []), '"db" must be a string.*"sql" must be a string')
    assert.fails(lambda: parallel(lambda sql: fake_query("shop", sql, []), ["select"]), "cannot be called inside of parallel")
`)
}

func TestFakeQuery_AQueryWithoutAFakeFailsTheTest(t *testing.T) {
	t.Parallel()
	failure := fails(t, `
    fake_query("other", "", [])
    run(tasks = ["search"])
`)
	require.Equal(t, `no fake_query() answers the query on "shop": select id, paid from orders where id > ?`, failure.Message)
	require.Equal(t, "monitor.star:14:12", failure.Position)
	require.Equal(t, "Traceback (most recent call last):\n  monitor_test.star:5:5: in test_it\n    run(tasks = [\"search\"])\n"+
		"  monitor.star:14:12: in search\n    rows = query(\"shop\", read_file(\"search.sql\"), last)\n", failure.Traceback)

	for _, body := range []string{
		`    attempt(search)`,
		`    attempt(lambda: run(tasks = ["search"]))`,
		`    assert.fails(lambda: run(tasks = ["search"]))`,
		`    parallel(lambda _: attempt(search), [1])`,
	} {
		require.Contains(t, fails(t, body).Message, `no fake_query() answers`, "%s", body)
	}

	long := fails(t, `    query("shop", "x" * 1000)`)
	require.Less(t, len(long.Message), 400)
}

func TestFakeQuery_AFunctionThatFailsFailsTheTest(t *testing.T) {
	t.Parallel()
	for body, message := range map[string]string{
		`fail("oh")`:                       `the function that fakes the query on "shop" failed: monitor_test.star:4:47: oh`,
		`5`:                                `failed: rows must be a list of dicts, not an int`,
		`[5]`:                              `failed: row 1 must be a dict, not an int`,
		`run()`:                            `run() cannot be called inside of a fake's function`,
		`event("issue_created")`:           `event() cannot be called inside of a fake's function`,
		`fake_now("2026-01-01")`:           `fake_now() cannot be called inside of a fake's function`,
		`query("shop", "select 1")`:        `query() cannot be called inside of a fake's function`,
		`fake_query("shop", "select", [])`: `fake_query() cannot be called inside of a fake's function`,
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			failure := fails(t, `
    fake_query("shop", "search", lambda args: `+body+`)
    attempt(lambda: query("shop", "search"))
`)
			require.Contains(t, failure.Message, message)
		})
	}
}

func TestFakeQuery_AFunctionSeesTheWorld(t *testing.T) {
	t.Parallel()
	test := passes(t, `
    fake_variable("n", 1)
    fake_setting("s", 2)
    fake_now("2026-02-03")
    def answer(args):
        print("asked")
        variables.set("n", variables.get("n") + 1)
        return [{"n": variables.get("n"), "s": setting("s"), "day": days(0)}]
    fake_query("shop", "select", answer)
    assert.eq(query("shop", "select"), [{"n": 2, "s": 2, "day": "2026-02-03"}])
    assert.eq(variables.get("n"), 2)
`)
	require.Equal(t, []monitor.LogEntry{{Level: monitor.LogInfo, Message: "asked"}}, test.Log)
}

func TestLog_AndFailuresAreCut(t *testing.T) {
	t.Parallel()
	test := passes(t, `
    log.info("x" * 20000)`)
	require.Less(t, len(test.Log[0].Message), 9<<10)

	require.Less(t, len(fails(t, `
    fail("x" * 20000)`).Message), 9<<10)
}
