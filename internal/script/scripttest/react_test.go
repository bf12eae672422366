package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestEvent_CallsTheReaction(t *testing.T) {
	t.Parallel()
	test := passes(t, `
    reaction = event("issue_created", data = {"model_id": "7"})
    assert.eq(reaction.variables, {"reacted": "issue_created"})
    assert.eq([(line.level, line.message, line.fields) for line in reaction.log], [("warning", "new order", {"id": "7"})])
    assert.eq(reaction.error, None)
    assert.eq(variables.get("reacted"), "issue_created")
`)
	require.Equal(t, []monitor.LogEntry{{Level: monitor.LogWarning, Message: "new order", Fields: `{"id":"7"}`}}, test.Log)
}

func TestEvent_TakesWhatAPlanSays(t *testing.T) {
	t.Parallel()
	result := run(t, `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False, alert = count_rule(low = 0))
def search():
    return [{"id": 7, "total": 5}]
def on_issue_created(event):
    variables.set("got", [event.name, event.source, event.source_id, event.monitor_id, event.data, event.extra])
def on_alert_created(event):
    variables.set("got", [event.source, event.data["priority"], event.data["active_issues"]])
`, `
def test_it():
    plan = run()
    created = plan.events[0]
    got = event(created.name, data = created.data, extra = created.extra, source_id = created.source_id).variables["got"]
    assert.eq(got[:4], ["issue_created", "issue", created.source_id, 1])
    assert.eq((got[4]["model_id"], got[4]["status"], got[4]["data"]), ("7", "active", {"id": 7, "total": 5}))
    assert.eq(got[4]["created_at"], "2026-01-05T12:00:00.000Z")
    assert.eq((got[4]["solved_at"], got[5]), (None, {}))

    alert = [e for e in plan.events if e.name == "alert_created"][0]
    assert.eq(event("alert_created", data = alert.data).variables["got"], ["alert", 4, 1])
`)
	require.Nil(t, result.Tests[0].Failure)
}

func TestEvent_AReactionThatIsNotThere(t *testing.T) {
	t.Parallel()
	passes(t, `
    assert.fails(lambda: event("issue_solved"), "the monitor has no function on_issue_solved")
    assert.fails(lambda: event("isue_created"), 'did you mean "issue_created"')
    assert.fails(lambda: event("issue_created", data = 5), '"data" must be a dict, not an int')
    assert.fails(lambda: event(7), '"name" must be a string')
`)
}

func TestEvent_AReactionThatFails(t *testing.T) {
	t.Parallel()
	failure := fails(t, `    event("issue_created")`)
	require.Contains(t, failure.Message, `key "model_id" not in dict`)
	require.Contains(t, failure.Message, "(the test does not look at the .error of the reaction it got at monitor_test.star:3:5)")

	test := passes(t, `
    reaction = event("issue_created")
    assert.true("model_id" in reaction.error)
    assert.eq(reaction.variables, {})
    assert.eq(variables.get("reacted"), None)
`)
	require.Len(t, test.Log, 1)
	require.Contains(t, test.Log[0].Message, "on_issue_created() failed: monitor.star:")
}

func TestEvent_AQueryWithoutAFakeFailsTheTest(t *testing.T) {
	t.Parallel()
	result := run(t, `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search():
    return []
def on_issue_created(event):
    attempt(query, "shop", "select 1")
`, `
def test_it():
    assert.true(event("issue_created").error)
`)
	require.Contains(t, result.Tests[0].Failure.Message, `no fake_query() answers the query on "shop": select 1`)
}
