package scripttest_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	mrun "github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/scripttest"
)

func TestRun_ResultsAreInTheOrderOfTheFile(t *testing.T) {
	t.Parallel()
	result := runTests(t, `
def test_b():
    fail("no")
def helper():
    return 1
def test_a():
    assert.eq(helper(), 1)
`)
	require.Len(t, result.Tests, 2)
	require.Equal(t, "test_b", result.Tests[0].Name)
	require.Equal(t, "monitor_test.star:2:5", result.Tests[0].Position)
	require.Equal(t, "no", result.Tests[0].Failure.Message)
	require.Equal(t, "test_a", result.Tests[1].Name)
	require.True(t, result.Tests[1].Passed)
	require.Positive(t, result.Tests[1].Duration)
	passed, failed := result.Counts()
	require.Equal(t, []int{1, 1}, []int{passed, failed})
	require.False(t, result.Passed())
}

func TestRun_TestsAreIsolated(t *testing.T) {
	t.Parallel()
	result := runTests(t, `
NAMES = []

def test_changes():
    fake_query("shop", "search.sql", [{"id": 1, "paid": False}])
    fake_variable("x", 1)
    fake_now("2030-01-01")
    run(tasks = ["search"])

def test_sees_nothing_of_it():
    assert.eq(variables.get("x"), None)
    assert.eq(days(0), "2026-01-05")
    assert.eq(queries(), [])
    assert.eq(run(tasks = ["update"]).updated, [])
    assert.fails(lambda: NAMES.append(1), "frozen")
`)
	require.Nil(t, result.Tests[0].Failure)
	require.Nil(t, result.Tests[1].Failure)
}

func TestRun_Filter(t *testing.T) {
	t.Parallel()
	tests := files(orders, "def test_one():\n    pass\ndef test_two():\n    pass\n")
	for filter, count := range map[string]int{"": 2, "two": 1, "^test_one$": 1, "three": 0} {
		result, err := scripttest.Run(t.Context(), "orders", tests, scripttest.Options{Filter: filter})
		require.NoError(t, err)
		require.Len(t, result.Tests, count, "%q", filter)
	}
	_, err := scripttest.Run(t.Context(), "orders", tests, scripttest.Options{Filter: "("})
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
}

func TestRun_WhatDoesNotCompileRunsNoTest(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ code, tests, want string }{
		"the monitor": {"def search(): return nothing", "def test_a(): pass", "monitor.star:1:22: undefined: nothing"},
		"syntax":      {orders, "def test_a():\n  x = f\"{1}\"\n", "monitor_test.star:2:7: "},
		"a name":      {orders, "def test_a():\n  fake_qery(\"shop\", \"\", [])\n", `monitor_test.star:2:3: undefined: fake_qery (did you mean "fake_query"?)`},
		"a member":    {orders, "def test_a():\n  assert.equal(1, 1)\n", `monitor_test.star:2:3: assert has no "equal"`},
		"an argument": {orders, "def test_a():\n  run(task = [\"search\"])\n", `monitor_test.star:2:3: run() got an unexpected keyword argument "task" (did you mean "tasks"?)`},
		"no tests":    {orders, "def tests():\n  pass\n", "monitor_test.star: there are no tests: define functions test_...()"},
		"a fixture":   {orders, "def test_a(shop):\n  pass\n", "monitor_test.star:1:5: test_a is called without arguments: it must be defined as test_a()"},
		"a load":      {orders, "load(\"monitor.star\", \"is_slved\")\ndef test_a():\n  pass\n", `monitor_test.star:1:23: monitor.star does not define "is_slved" (did you mean "is_solved"?)`},
		"a file":      {orders, "load(\"helper.star\", \"x\")\ndef test_a():\n  pass\n", `monitor_test.star:1:6: there is no file "helper.star"`},
		"monitor()":   {orders, "monitor(model_id_key = \"id\")\ndef test_a():\n  pass\n", "monitor_test.star:1:1: monitor() is called in monitor.star only"},
		"top level":   {orders, "fake_now(\"2026-01-01\")\ndef test_a():\n  pass\n", "monitor_test.star:1:1: fake_now() cannot be called at the top level: call it in a function"},
		"evaluating":  {orders, "X = 1 // 0\ndef test_a():\n  pass\n", "monitor_test.star:1:7: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := scripttest.Run(t.Context(), "orders", files(c.code, c.tests), scripttest.Options{})
			require.NoError(t, err)
			require.Contains(t, result.Diagnostics.String(), c.want)
			require.Empty(t, result.Tests)
			require.False(t, result.Passed())
		})
	}
	result, err := scripttest.Run(t.Context(), "orders", monitor.Files{monitor.CodeFile: orders, "search.sql": ""}, scripttest.Options{})
	require.NoError(t, err)
	require.Equal(t, "monitor_test.star: there is no such file: a monitor's tests are in it", result.Diagnostics.String())
}

func TestRun_TestsLoadOtherFiles(t *testing.T) {
	t.Parallel()
	all := files(`
load("helpers.star", "KEY")
monitor(search_cron = "@daily", model_id_key = KEY, solvable = False)
def search():
    return [{KEY: 1}]
`, `
load("helpers.star", "KEY")
load("checks.star", "check")
load("//shared/money.star", "cents")
def test_it():
    check(KEY)
    assert.eq(cents(1.5), 150)
    assert.eq(read_file("rows.json"), "[]")
`)
	all["helpers.star"] = "KEY = \"id\"\n"
	all["checks.star"] = "def check(key):\n    assert.eq([issue.data for issue in run().created], [{key: 1}])\n"
	all["//shared/money.star"] = "def cents(x):\n    return int(x * 100)\n"
	all["rows.json"] = "[]"
	result, err := scripttest.Run(t.Context(), "sample", all, scripttest.Options{})
	require.NoError(t, err)
	require.Empty(t, result.Diagnostics)
	require.Nil(t, result.Tests[0].Failure)
}

func TestRun_ConfiguredSettingsHold(t *testing.T) {
	t.Parallel()
	tests := `
load("monitor.star", "LIMIT")
def test_it():
    assert.eq(LIMIT, 9)
    assert.eq(setting("limit"), 9)
    fake_setting("other", 1)
    fake_query("shop", "search.sql", [{"id": 1, "paid": False}])
    assert.eq(run(tasks = ["search"]).error, None)
`
	result, err := scripttest.Run(t.Context(), "orders", files(orders, tests), scripttest.Options{
		Config: script.Config{Settings: map[string]monitor.Data{"limit": `9`}},
	})
	require.NoError(t, err)
	require.Nil(t, result.Tests[0].Failure)
}

func TestRun_LimitsHold(t *testing.T) {
	t.Parallel()
	endless := "def test_a():\n    while True:\n        pass\n"
	cases := map[string]struct {
		tests   string
		options scripttest.Options
		want    string
	}{
		"steps": {
			endless,
			scripttest.Options{Run: mrun.Config{Script: script.Limits{MaxSteps: 10_000}}},
			"more than 10000 computation steps",
		},
		"time": {
			endless,
			scripttest.Options{Timeout: time.Millisecond},
			"took longer than the limit of 1ms for a test",
		},
		"memory": {
			"def test_a():\n    x = [0] * (1 << 40)\n",
			scripttest.Options{},
			"over the memory limit of 128 MiB",
		},
		"in a run": {
			"def test_a():\n    fake_query(\"shop\", \"\", lambda args: [{\"id\": i, \"paid\": False} for i in range(3)])\n    run(tasks = [\"search\"])\n",
			scripttest.Options{Run: mrun.Config{Script: script.Limits{MaxSteps: 1}}},
			"more than 1 computation steps",
		},
		"in a fake": {
			"def answer(args):\n    while True:\n        pass\ndef test_a():\n    fake_query(\"shop\", \"\", answer)\n    run(tasks = [\"search\"])\n",
			scripttest.Options{Run: mrun.Config{Script: script.Limits{MaxSteps: 10_000}}},
			"more than 10000 computation steps",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := scripttest.Run(t.Context(), "orders", files(orders, c.tests), c.options)
			require.NoError(t, err)
			require.Contains(t, result.Tests[0].Failure.Message, c.want)
		})
	}
}

func TestRun_EndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped")
	cancel(stopped)
	_, err := scripttest.Run(ctx, "orders", files(orders, "def test_a():\n    pass\n"), scripttest.Options{})
	require.ErrorIs(t, err, stopped)
}

func TestRun_NamesThatAreNearlyThoseOfTests(t *testing.T) {
	t.Parallel()
	result, err := scripttest.Run(t.Context(), "orders", files(orders, `
load("monitor.star", "late")

def test_it(): assert.eq(text_of(), "x")
def tst_late(): pass
def Test_later(): pass
def testLatest(): pass
def text_of(): return "x"
def rest_of(rows): return rows
def best(): pass
`), scripttest.Options{})
	require.NoError(t, err)
	require.True(t, result.Passed())
	require.Equal(t, `monitor_test.star:5:5: warning: tst_late() is never called (did you mean "test_late"?)
monitor_test.star:6:5: warning: Test_later() is never called (did you mean "test_later"?)
monitor_test.star:7:5: warning: testLatest() is never called (did you mean "test_Latest"?)`, result.Diagnostics.String())
	require.Len(t, result.Tests, 1)
}

func TestRun_SharedSlotsBoundTheTestsOfAll(t *testing.T) {
	t.Parallel()
	slots := make(chan struct{}, 1)
	slots <- struct{}{}
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error)
	go func() {
		_, err := scripttest.Run(ctx, "orders", files(orders, "def test_it(): pass\n"), scripttest.Options{Slots: slots})
		done <- err
	}()
	select {
	case err := <-done:
		require.Fail(t, "a test ran without a slot", "%v", err)
	case slots <- struct{}{}:
		require.Fail(t, "there was a slot")
	default:
	}
	stopped := errors.New("stopped")
	cancel(stopped)
	require.ErrorIs(t, <-done, stopped, "nobody waits for ever")

	<-slots
	result, err := scripttest.Run(t.Context(), "orders", files(orders, "def test_it(): pass\n"), scripttest.Options{Slots: slots})
	require.NoError(t, err)
	require.True(t, result.Passed())
	require.Empty(t, slots, "it was given back")
}
