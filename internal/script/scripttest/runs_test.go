package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestRun_GoesOnFromTheStateOfTheRunBefore(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "search.sql", [{"id": 7, "paid": False}, {"id": 8, "paid": False}])
    plan = run(tasks = ["search"])
    assert.eq([issue.model_id for issue in plan.created], ["7", "8"])
    assert.eq([issue.data for issue in plan.created], [{"id": 7, "paid": False}, {"id": 8, "paid": False}])
    assert.eq([(alert.priority, alert.previous_priority, alert.status, alert.model_ids) for alert in plan.alerts],
        [("low", None, "active", ["7", "8"])])
    assert.eq([(event.name, event.model_id) for event in plan.events], [
        ("issue_created", "7"), ("issue_created", "8"), ("alert_created", None),
        ("issue_linked", "7"), ("issue_linked", "8"), ("alert_issues_linked", None), ("alert_updated", None),
    ])
    assert.eq(plan.variables, {"last": 8})
    assert.eq([(line.level, line.message, line.fields) for line in plan.log], [("info", "found", {"count": 2})])
    assert.eq(plan.error, None)

    fake_query("shop", "search.sql", [{"id": 9, "paid": False}])
    fake_query("shop", "id in (?)", [{"id": 7, "paid": True}, {"id": 8, "paid": False, "note": 1}])
    plan = run()
    assert.eq([query.args for query in queries()], [[0], [[7, 8]], [8]])
    assert.eq([(issue.model_id, issue.before, issue.data) for issue in plan.updated], [
        ("7", {"id": 7, "paid": False}, {"id": 7, "paid": True}),
        ("8", {"id": 8, "paid": False}, {"id": 8, "paid": False, "note": 1}),
    ])
    assert.eq([(issue.model_id, issue.status, issue.reason) for issue in plan.solved], [("7", "solved", "predicate")])
    assert.eq([issue.model_id for issue in plan.created], ["9"])
    assert.eq(plan.dropped, [])
    assert.eq([(alert.priority, alert.model_ids) for alert in plan.alerts], [("low", ["8", "9"])])

    fake_query("shop", "id in (?)", lambda args: [{"id": id, "paid": True} for id in args[0]])
    plan = run(tasks = ["update"])
    assert.eq([issue.model_id for issue in plan.solved], ["8", "9"])
    assert.eq([(alert.status, alert.model_ids) for alert in plan.alerts], [("solved", [])])

    assert.eq(run(tasks = ["update"]).solved, [])
`)
}

func TestRun_IssuesGivenAreActive(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "id in (?)", [{"id": 1, "paid": True}])
    plan = run(tasks = ["update"], issues = [{"id": 1, "paid": False}, {"id": 2, "paid": False}])
    assert.eq([issue.model_id for issue in plan.solved], ["1"])
    assert.eq([alert.model_ids for alert in plan.alerts], [["2"]])
    assert.fails(lambda: run(issues = [{"id": 2, "paid": False}]), 'issue 1: model id "2" is active already')
    assert.fails(lambda: run(issues = [{"paid": False}]), "issue 1: .*id")
    assert.fails(lambda: run(issues = ["7"]), "issue 1 must be a dict, not a string")
`)
}

func TestRun_Tasks(t *testing.T) {
	t.Parallel()
	passes(t, `
    assert.fails(lambda: run(tasks = ["serch"]), 'unknown task "serch"')
    assert.fails(lambda: run(tasks = []), "no tasks")
    assert.fails(lambda: run(tasks = [1]), 'must be a list of "search" and "update", not of an int')
    assert.fails(lambda: run(tasks = "search"), "must be a list")
`)
	result := run(t, `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search():
    return [{"id": 1}]
`, `
def test_it():
    assert.fails(lambda: run(tasks = ["search", "update"]), "the monitor has no function update")
    assert.eq(len(run().created), 1)
`)
	require.Nil(t, result.Tests[0].Failure)
}

func TestRun_R30_UniqueMonitorsRememberWhatEnded(t *testing.T) {
	t.Parallel()
	result := run(t, `
monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id", missing = "drop", unique = True, solvable = False)
def search():
    return query("shop", "search")
def update(issues):
    return query("shop", "update")
`, `
def test_it():
    fake_query("shop", "search", [{"id": 1}])
    fake_query("shop", "update", [])
    assert.eq(len(run(tasks = ["search"]).created), 1)
    plan = run()
    assert.eq([(issue.status, issue.reason) for issue in plan.dropped], [("dropped", "missing")])
    assert.eq(plan.solved, [])
    assert.eq(run().created, [])
`)
	require.Nil(t, result.Tests[0].Failure)
}

func TestRun_TimeMayMoveInBetween(t *testing.T) {
	t.Parallel()
	result := run(t, `
monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id", missing = "solve", alert = age_rule(moderate = "1h", critical = "1d"))
def search():
    return [{"id": 1}]
`, `
def test_it():
    assert.eq(now().format("2006-01-02 15:04 MST"), "2026-01-05 12:00 UTC")
    assert.eq(run().alerts, [])
    fake_now("2026-01-05T13:00:01Z")
    assert.eq([alert.priority for alert in run().alerts], ["moderate"])
    fake_now(now() + time.parse_duration("24h"))
    assert.eq([(alert.priority, alert.previous_priority) for alert in run().alerts], [("critical", "moderate")])
    assert.fails(lambda: fake_now("soon"), '"soon" is not a time')
    assert.fails(lambda: fake_now(5), "must be a time or its text, not an int")
`)
	require.Nil(t, result.Tests[0].Failure)
}

func TestRun_FakedSettingsReachTheTopLevelAndFunctions(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "search.sql", [{"id": 1, "paid": False}])
    order = {"due": "2026-01-05T09:00:00Z"}
    assert.true(not late(order))
    fake_setting("hours", 2)
    fake_setting("limit", 0)
    assert.true(late(order))
    assert.eq([alert.priority for alert in run(tasks = ["search"]).alerts], ["high"])
    fake_setting("limit", "many")
    assert.fails(lambda: run(), "not valid with the faked settings")
`)
}

func TestRun_FakedVariablesAreThoseOfAnEarlierRun(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_variable("last", 41)
    fake_query("shop", "search.sql", [])
    assert.eq(run(tasks = ["search"]).variables, {})
    assert.eq(queries()[0].args, [41])
    assert.fails(lambda: fake_variable("last", len), "a function cannot be stored")
    search()
    assert.eq(variables.get("last"), 41)
`)
}

func TestRun_IsDeterministic(t *testing.T) {
	t.Parallel()
	code := `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search():
    return [{"id": random.int(1, 1 << 60)} for _ in range(3)]
`
	tests := `
def ids():
    return [issue.model_id for _ in range(2) for issue in run().created]
def test_a():
    print(ids(), random.int(1, 1 << 60))
`
	first := run(t, code, tests).Tests[0].Log
	require.Len(t, first, 1)
	require.Equal(t, first, run(t, code, tests).Tests[0].Log)
	passed := run(t, code, tests+`
def test_runs_differ():
    drawn = ids()
    assert.eq(len(set(drawn)), 6)
`)
	require.True(t, passed.Passed())
}

func TestRun_ABrokenMonitorFailsATestThatDoesNotLook(t *testing.T) {
	t.Parallel()
	fakes := `
    fake_query("shop", "search.sql", [{"id": 7}])
`
	failure := fails(t, fakes+`    assert.eq(run(tasks = ["search"]).created != None, True)
`)
	require.Contains(t, failure.Message, `key "paid" not in dict`)
	require.Contains(t, failure.Message, "(the test does not look at the .error of the plan it got at monitor_test.star:")
	require.Equal(t, "monitor.star:24:17", failure.Position)

	passes(t, fakes+`    assert.true("paid" in run(tasks = ["search"]).error)
`)
	// A database that is down is what the test wants to see.
	passes(t, `
    fake_query("shop", "search.sql", error = "timeout")
    assert.eq(run(tasks = ["search"]).created, [])
`)
}

func TestRun_HowARunFailedIsInTheLog(t *testing.T) {
	t.Parallel()
	test := passes(t, `
    fake_query("shop", "search.sql", error = "no such table: orders")
    assert.eq(run(tasks = ["search"]).error, "search: monitor.star:14:12: no such table: orders")
`)
	require.Equal(t, []monitor.LogEntry{{
		Level:   monitor.LogError,
		Message: "search() failed: monitor.star:14:12: no such table: orders\nTraceback (most recent call last):\n  monitor.star:14:12: in search\n    rows = query(\"shop\", read_file(\"search.sql\"), last)",
	}}, test.Log)
}

func TestRun_WhatAPlanHas(t *testing.T) {
	t.Parallel()
	passes(t, `
    fake_query("shop", "search.sql", [])
    plan = run(tasks = ["search"])
    assert.fails(lambda: plan.create, 'a plan has no .create \\(did you mean .created\\?\\)')
    assert.fails(lambda: {plan: 1}, "unhashable: plan")
    assert.eq((type(plan), str(plan), bool(plan)), ("plan", "plan(error = None)", True))
    assert.eq(dir(plan), ["alerts", "created", "dropped", "error", "events", "log", "notifications", "solved", "updated", "variables"])
`)
}

func TestRun_WhoWouldBeTold(t *testing.T) {
	t.Parallel()
	code := `monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id", alert = count_rule(low = 0, high = 1), notifications = [
    receiver("payments", title = "Late", min_priority_to_send = "high"), receiver("all"),
])
def search(): return query("shop", "from search")
def update(issues): return query("shop", "from update")
def is_solved(issue): return issue["paid"]
`
	result := run(t, code, `
def test_it():
    fake_query("shop", "from search", [{"id": 1, "paid": False}])
    plan = run(tasks = ["search"])
    assert.eq([(n.receiver, n.action, n.title, n.priority, n.mention) for n in plan.notifications], [("all", "created", "sample", "low", False)])
    fake_query("shop", "from search", [{"id": 2, "paid": False}])
    plan = run(tasks = ["search"])
    assert.eq([(n.receiver, n.action, n.mention) for n in plan.notifications], [("payments", "created", True), ("all", "updated", True)])
    fake_query("shop", "from update", [{"id": i, "paid": True} for i in [1, 2]])
    plan = run(tasks = ["update"])
    assert.eq([(n.receiver, n.action) for n in plan.notifications], [("payments", "closed"), ("all", "closed")])
`)
	require.Nil(t, result.Tests[0].Failure)
}
