package scripttest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestAssert_Passes(t *testing.T) {
	t.Parallel()
	passes(t, `
    assert.eq([1, {"a": (2.0,)}], [1.0, {"a": (2,)}])
    assert.ne("7", 7)
    assert.true([0])
    assert.eq(assert.fails(lambda: fail("out of", "stock"), "out.*stock"), "out of stock")
    assert.eq(assert.fails(lambda: {}["a"]), 'key "a" not in dict')
`)
}

func TestAssert_FailuresSayWhatIsAndWhatShouldBe(t *testing.T) {
	t.Parallel()
	for call, want := range map[string]string{
		`assert.eq(1, 2)`:      "assert.eq: the values differ\n  actual:   1\n  expected: 2",
		`assert.eq("7", 7)`:    "assert.eq: the values differ\n  actual:   \"7\"\n  expected: 7",
		`assert.eq([1], (1,))`: "assert.eq: the values differ\n  actual:   [1]\n  expected: (1,)",
		`assert.eq([{"a": [1, 2]}], [{"a": [1, 3]}])`: "assert.eq: the values differ at [0][\"a\"][1]: 2 is not 3\n" +
			"  actual:   [{\"a\": [1, 2]}]\n  expected: [{\"a\": [1, 3]}]",
		`assert.eq([1], [1, 2])`:               "assert.eq: the values differ at [1], which is missing\n  actual:   [1]\n  expected: [1, 2]",
		`assert.eq({"a": 1}, {})`:              "assert.eq: the values differ at [\"a\"], which is not expected\n  actual:   {\"a\": 1}\n  expected: {}",
		`assert.eq({}, {"a": None})`:           "assert.eq: the values differ at [\"a\"], which is missing\n  actual:   {}\n  expected: {\"a\": None}",
		`assert.ne(1, 1.0)`:                    "assert.ne: both values are 1",
		`assert.true([])`:                      "assert.true: the value is []",
		`assert.true(0, "none left")`:          "assert.true: the value is 0: none left",
		`assert.fails(lambda: 5)`:              "assert.fails: lambda() did not fail; it returned 5",
		`assert.fails(lambda: fail("a"), "b")`: "assert.fails: it failed with another message\n  actual:  a\n  pattern: b",
		`assert.fails(fail, "(")`:              "assert.fails() argument \"pattern\" is no regular expression: error parsing regexp: missing closing ): `(`",
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			failure := fails(t, "\n    "+call)
			require.Equal(t, want, failure.Message)
			require.Equal(t, "monitor_test.star:4:5", failure.Position)
		})
	}
}

func TestAssert_LongValuesAreCut(t *testing.T) {
	t.Parallel()
	failure := fails(t, `    assert.eq(["x" * 100000], ["y" * 100000])`)
	require.Less(t, len(failure.Message), 10000)
	require.Contains(t, failure.Message, "...")
}

func TestAssert_DifferencesOfBigValues(t *testing.T) {
	t.Parallel()
	failure := fails(t, `
    rows = [{"id": i, "status": "late", "lines": [1, 2]} for i in range(200)]
    other = [dict(row) for row in rows[:-1]]
    other[3]["status"], other[5]["lines"] = "done", [1, 3]
    other[7].pop("id")
    assert.eq(rows, other)
`)
	require.Equal(t, `assert.eq: the values differ in 4 places
  at [3]["status"]: "late" is not "done"
  at [5]["lines"][1]: 2 is not 3
  at [7]["id"], which is not expected
  at [199], which is not expected`, strings.Split(failure.Message, "\n  actual:")[0])
	require.Less(t, len(failure.Message), 1000, "the whole is only hinted at")

	failure = fails(t, `    assert.eq(list(range(100)), list(range(1, 101)))`)
	require.Contains(t, failure.Message, "differ in 100 places\n  at [0]: 0 is not 1\n")
	require.Contains(t, failure.Message, "\n  and 95 more\n  actual:   [0, 1, 2")

	failure = fails(t, `
    text = "the quick brown fox\njumps over the lazy dög\nand is gone, never to be seen again"
    assert.eq({"x": text}, {"x": text.replace("dög", "däg")})
`)
	require.Contains(t, failure.Message, `assert.eq: the values differ at ["x"] line 2 column 22: "...over the lazy dög\nand is gone, never to be seen again" is not "...over the lazy däg\nand`)
}

func TestAssert_FailsDoesNotCatchLimits(t *testing.T) {
	t.Parallel()
	failure := fails(t, `
    assert.fails(lambda: [0] * (1 << 40))
`)
	require.Equal(t, monitor.FailureLimit, failure.Kind)
}

func TestAssert_AFailureInAHelperShowsTheWay(t *testing.T) {
	t.Parallel()
	failure := fails(t, `    check(1)

def check(n):
    assert.eq(n, 2)
`)
	require.Equal(t, "monitor_test.star:6:5", failure.Position)
	require.Equal(t, `Traceback (most recent call last):
  monitor_test.star:3:5: in test_it
    check(1)
  monitor_test.star:6:5: in check
    assert.eq(n, 2)
`, failure.Traceback)
}
