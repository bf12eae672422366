package scripttest_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// orders is the monitor that most tests are about.
const orders = `"""Orders that are late."""

LIMIT = setting("limit", 2)

monitor(
    search_cron = "@hourly",
    update_cron = "@hourly",
    model_id_key = "id",
    alert = count_rule(low = 0, high = LIMIT),
)

def search():
    last = variables.get("last", 0)
    rows = query("shop", read_file("search.sql"), last)
    log.info("found", count = len(rows))
    if rows:
        variables.set("last", max([row["id"] for row in rows]))
    return rows

def update(issues):
    return query("shop", "select id, paid from orders where id in (?)", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["paid"]

def late(order):
    return age(order["due"]).hours > setting("hours", 24)

def on_issue_created(event):
    log.warning("new order", id = event.data["model_id"])
    variables.set("reacted", event.name)
`

func files(code, tests string) monitor.Files {
	return monitor.Files{
		monitor.CodeFile: code,
		monitor.TestFile: tests,
		"search.sql":     "select id, paid\nfrom orders\nwhere id > ?",
	}
}

// runTests runs tests of the orders.
func runTests(t *testing.T, tests string) scripttest.Result {
	t.Helper()
	result, err := scripttest.Run(t.Context(), "orders", files(orders, tests), scripttest.Options{})
	require.NoError(t, err)
	require.Empty(t, result.Diagnostics)
	return result
}

// passes requires that the body of a test passes.
func passes(t *testing.T, body string) scripttest.Test {
	t.Helper()
	result := runTests(t, "load(\"monitor.star\", \"is_solved\", \"late\", \"search\")\ndef test_it():\n"+body)
	require.Len(t, result.Tests, 1)
	require.Nil(t, result.Tests[0].Failure)
	require.True(t, result.Passed())
	return result.Tests[0]
}

// fails requires that the body of a test fails, and gives its failure.
func fails(t *testing.T, body string) *monitor.Failure {
	t.Helper()
	result := runTests(t, "load(\"monitor.star\", \"is_solved\", \"late\", \"search\")\ndef test_it():\n"+body)
	require.Len(t, result.Tests, 1)
	require.False(t, result.Tests[0].Passed)
	require.False(t, result.Passed())
	require.NotNil(t, result.Tests[0].Failure)
	return result.Tests[0].Failure
}

// run runs tests of any monitor.
func run(t *testing.T, code, tests string) scripttest.Result {
	t.Helper()
	result, err := scripttest.Run(t.Context(), "sample", files(code, tests), scripttest.Options{})
	require.NoError(t, err)
	require.Empty(t, result.Diagnostics)
	return result
}
