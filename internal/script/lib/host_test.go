package lib_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

func TestVariables_R02_AreTheHosts(t *testing.T) {
	t.Parallel()
	host := &world{variables: map[string]monitor.Data{"bookmark": `{"id":7,"at":"2026-11-23"}`}}
	require.JSONEq(t, `[{"id":7,"at":"2026-11-23"},null,5]`, evaluate(t, host,
		`[variables.get("bookmark"), variables.get("other"), variables.get("other", default = 5)]`))

	_, err := search(t, host, `
    bookmark = variables.get("bookmark")
    bookmark["id"] += 1
    variables.set("bookmark", bookmark)
    variables.set("text", "a\000")
    variables.set("none", None)`)
	require.NoError(t, err)
	require.Equal(t, map[string]monitor.Data{
		"bookmark": `{"id":8,"at":"2026-11-23"}`, "text": "\"a\ufffd\"", "none": `null`,
	}, host.variables)
	require.Equal(t, []string{`warning: variable "text" has text with U+0000 or invalid UTF-8: replaced by U+FFFD `}, host.log)
}

func TestVariables_R02_CannotBeSetInParallel(t *testing.T) {
	t.Parallel()
	host := &world{variables: map[string]monitor.Data{"x": `1`}}
	require.Equal(t, `[1,1]`, evaluate(t, host, `parallel(lambda i: variables.get("x"), [1, 2])`))
	require.Contains(t, fails(t, host, `parallel(lambda i: variables.set("x", i), [1, 2])`).Message,
		"variables.set() cannot be called inside of parallel()")
	require.Equal(t, monitor.Data(`1`), host.variables["x"])
}

func TestIncomplete_R14_TellsTheHost(t *testing.T) {
	t.Parallel()
	host := &world{}
	require.Equal(t, `null`, evaluate(t, host, `incomplete("page 2 is missing")`))
	require.Equal(t, []string{"page 2 is missing"}, host.incomplete)
}

func TestLog_WritesLinesWithFields(t *testing.T) {
	t.Parallel()
	host := &world{}
	_, err := search(t, host, `
    log.debug("a")
    log.info("stuck", order_id = 7, at = now(), f = len, deep = {"x": [search]})
    log.warning([1, "x"])
    log.error("big", text = "x" * 20000)
    print("a", 1, [None], sep = "|")
    print()`)
	require.NoError(t, err)
	require.Len(t, host.log, 6)
	require.Equal(t, []string{
		`debug: a `,
		`info: stuck {"order_id":7,"at":"2026-11-23T12:00:00.000Z","f":"<built-in function len>","deep":"{\"x\": [<function search>]}"}`,
		`warning: [1, "x"] `,
	}, host.log[:3])
	require.Equal(t, `error: big {"text":"`+strings.Repeat("x", 7680)+`... (cut)"}`, host.log[3])
	require.Equal(t, []string{`info: a|1|[None] `, `info:  `}, host.log[4:])
}

func TestLog_ManyLongFieldsAreCutAndNoReasonToFail(t *testing.T) {
	t.Parallel()
	host := &world{}
	_, err := search(t, host, `
    log.info("long", id = 7, **{"field_%d" % i: "x" * 5000 for i in range(5)})`)
	require.NoError(t, err)
	require.Len(t, host.log, 1)
	require.Less(t, len(host.log[0]), 16<<10)
	require.Contains(t, host.log[0], `"id":7,"field_0":"xxx`)
	require.Contains(t, host.log[0], `"field_4":"... (cut)"`)
}
