package script_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Each of these would take the process along if nothing stopped it. Attempt must
// not catch it either.
var bombs = map[string]struct{ body, want string }{
	"endless loop":               {`while True: pass`, "computation steps"},
	"endless recursion":          {`again(again)`, "nested deeper than 1000"},
	"text that doubles":          {"s = \"a\"\n    while True: s += s", "memory"},
	"text doubled by plus":       {"s = \"a\"\n    for _ in range(100): s = s + s", "memory"},
	"list that doubles":          {"x = [1]\n    while True: x.extend(x)", "memory"},
	"list that grows":            {"x = []\n    while True: x.append(\"abc\" * 1000)", "memory"},
	"dict that grows":            {"d = {}\n    while True: d[len(d)] = \"abc\" * 500", "memory"},
	"grows in a closure":         {"x = []\n    f = lambda: x.append(\"abc\" * 1000)\n    while True: f()", "memory"},
	"comprehension":              {`[{"x": {"y": "y" * 1000}} for _ in range(1000000)]`, "memory"},
	"dict comprehension":         {`{i: "y" * 1000 for i in range(1000000)}`, "memory"},
	"copies of a list":           {"x = list(range(100000))\n    return [x[:] for _ in range(100000)]", "memory"},
	"repeated list":              {`[0] * (1 << 27)`, "memory limit of 16 MiB"},
	"repeated text":              {`"ab" * (1 << 29)`, "memory limit"},
	"repeated to the left":       {`(1 << 500) * "ab"`, "memory limit"},
	"repeated in place":          {"x = [[0]]\n    x[0] *= 1 << 27", "memory limit"},
	"list of a range":            {`list(range(1 << 62))`, "memory limit"},
	"range below zero":           {`list(range(1 << 62, -1 << 62, -1))`, "memory limit"},
	"extended by a range":        {"x = []\n    x.extend(range(1 << 40))", "memory limit"},
	"joined":                     {`",".join(["x" * 1000000] * 100000)`, "memory limit"},
	"replaced":                   {`("x" * 1000000).replace("x", "y" * 100)`, "memory limit"},
	"split":                      {`("x " * 1000000).split()`, "memory limit"},
	"formatted":                  {`("{0}" * 1000).format("x" * 100000)`, "memory limit"},
	"interpolated":               {`("%s" * 1000) % tuple(["x" * 100000] * 1000)`, "memory limit"},
	"zipped":                     {`zip(*[range(1000)] * 10000)`, "memory limit"},
	"shown many times over":      {"x = [0] * 100\n    for _ in range(10): x = [x] * 100\n    str(x)", "memory limit"},
	"shown too deep":             {"x = []\n    for _ in range(1000): x = [x]\n    str(x)", "nested deeper"},
	"huge ints":                  {"x = 3\n    while True: x = x * x", "digits"},
	"huge int of a text":         {`int("9" * 1000000)`, "digits"},
	"decoded":                    {`json.decode("[" + "{}," * 200000 + "{}]")`, "memory limit"},
	"substituted":                {`re.sub("x", "y" * 1000, "x" * 100000)`, "memory limit"},
	"found everywhere":           {`re.findall("", "x" * 1000000)`, "memory limit"},
	"split everywhere":           {`re.split("(x)(y)?", "x" * 1000000)`, "memory limit"},
	"replaced everywhere":        {`re.sub("", "y", "x" * 1000000)`, "memory limit"},
	"chunks of one":              {`chunks([0] * 1000000, 1)`, "memory limit"},
	"in parallel":                {`parallel(lambda n: "x" * n, [1 << 20, 1 << 30])`, "memory limit"},
	"results of parallel":        {`parallel(lambda n: "x" * (1 << 20), list(range(1000)))`, "memory"},
	"copies for parallel":        {"x = list(range(100000))\n    parallel(len, [x] * 1000)", "memory limit"},
	"methods":                    {"x = []\n    while True: x.append((\"x\" * (10 << 20)).upper)", "memory"},
	"guarded methods":            {"x = []\n    while True: x.append((\"x\" * (10 << 20)).split)", "memory"},
	"parts of texts":             {"x = []\n    while True: x.append((\"x\" * (100 << 10)).elems())", "memory"},
	"defaults":                   {"x = []\n    while True:\n        s = \"x\" * (10 << 20)\n        x.append(lambda a = s: a)", "memory"},
	"parts of tuples":            {"x = []\n    while True:\n        t = (1, \"x\" * (10 << 20))\n        x += [t, t[:1]]", "memory"},
	"unfinished lists":           {`deep(lambda again: ["x" * (10 << 20), again()])`, "memory"},
	"unfinished calls":           {`deep(lambda again: max("x" * (10 << 20), again()))`, "memory"},
	"what loops go through":      {`deep(lambda again: [again() for x in [1, "x" * (10 << 20)]])`, "memory"},
	"what statements go through": {"def f(n):\n        for x in [1, \"x\" * (10 << 20)]: return f(n + 1)\n    f(0)", "memory"},
	"keys of dicts":              {`{"x" * (10 << 20) + str(i): 1 for i in range(1000)}`, "memory"},
	"keys to sort by":            {`sorted(range(1000), key = lambda i: "x" * (10 << 20) + str(i))`, "memory"},
	"repeated behind a call":     {"x = [[0]]\n    x[int(0)] *= 1 << 27", "memory limit"},
	"repeated field":             {"x = struct(a = [0])\n    x.a *= 1 << 27", "memory limit"},
	"interpolated in place":      {"x = [\"%s\" * 1000]\n    x[-1] %= tuple([\"x\" * 100000] * 1000)", "memory limit"},
	"method by its name":         {`getattr("x" * 1000000, "replace")("x", "y" * 3000)`, "memory limit"},
	"union with a range":         {`set().union(range(1 << 20))`, "memory limit"},
	"updated by a range":         {"s = set()\n    s.update(range(1 << 20))", "memory limit"},
	"list of code points":        {`list(("x" * (15 << 20)).codepoints())`, "memory limit"},
	"extended by bytes":          {`[].extend(bytes("x" * (15 << 20)).elems())`, "memory limit"},
	"shown with escapes":         {`str(["\0" * (10 << 20)])`, "memory limit"},
	"printed many times":         {`print(*["x" * 1000000] * 1000)`, "memory limit"},
	"failed many times":          {`fail(*["x" * 1000000] * 1000)`, "memory limit"},
	"sent to a database":         {`query("shop", "", ["x" * 1000000] * 1000)`, "memory limit"},
	"sent as parameters":         {`http.get("https://example.com", params = {"x": ["x" * 1000000] * 1000})`, "memory limit"},
	"sent as headers":            {`http.get("https://example.com", headers = {str(i): "x" * 1000000 for i in [0, 1]} | {"h%d" % i: S for i in range(1000)})`, "memory limit"},
	"indented":                   {`json.indent(",".join(["[" * 5000 + "]" * 5000] * 30))`, "memory limit"},
	"large pattern":              {`re.search("a{1000}" * 1000, "")`, "memory limit"},
	"variables":                  {`[variables.set(str(i), "x" * 60000) for i in range(100000)]`, "memory limit"},
	"loop in parallel":           {"def f(n):\n        while True: pass\n    parallel(f, [1, 2])", "computation steps"},
}

func TestSearch_LimitsStopIt(t *testing.T) {
	t.Parallel()
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := compile(t, head+stubs["update"]+`
S = "x" * 1000000
def again(f): return f(f)
def deep(f): return f(lambda: deep(f))
def bomb():
    `+bomb.body+`
def search():
    caught = attempt(bomb)
    return [{"id": "not stopped", "error": caught.error}]
`)
			call := callOf(&world{})
			call.Limits.MaxSteps = 5_000_000
			_, err := program.Search(t.Context(), call)
			failure := failureOf(t, err, monitor.FailureLimit)
			require.Contains(t, failure.Message, bomb.want)
			require.Regexp(t, `^monitor\.star:\d+:\d+$`, failure.Position)
		})
	}
}

// A few steps could double a large value often enough to take the process along.
func TestSearch_LooksCloserAfterALargeValue(t *testing.T) {
	t.Parallel()
	host := &world{}
	_, err := search(t, host, `
    x = "x" * (15 << 20)
    y = x + x
    print("went on")`)
	require.Contains(t, failureOf(t, err, monitor.FailureLimit).Message, "memory")
	require.Empty(t, host.log)
}

func TestSearch_MemoryOfOthersIsNotHeldAgainstIt(t *testing.T) {
	t.Parallel()
	ballast := make([][]byte, 0, 64)
	host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
		for range 64 {
			ballast = append(ballast, make([]byte, 1<<20))
		}
		return nil, nil
	}}
	_, err := search(t, host, `
    query("shop", "")
    rows = []
    for i in range(200000):
        rows = [i, i + 1]
    return []`)
	require.NoError(t, err)
	runtime.KeepAlive(ballast)
}

func TestSearch_GarbageIsNotHeldAgainstIt(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    for i in range(100):
        rows = [{"id": n, "text": "x" * 500} for n in range(1000)]
    return rows[:1]`)
	require.NoError(t, err)
}

func TestUpdate_ArgumentsAreNotHeldAgainstIt(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["search"]+"def update(issues):\n    for issue in issues: issue[\"seen\"] = True\n    return issues[:1]\n")
	issues := make([]monitor.Data, 20_000)
	for i := range issues {
		issues[i] = `{"id":1,"text":"some text that is a bit longer"}`
	}
	call := callOf(&world{})
	call.Limits.MaxMemory = 4 << 20
	returned, err := program.Update(t.Context(), call, issues)
	require.NoError(t, err)
	require.Len(t, returned.Entries, 1)
}

func TestSearch_R06_TimeIsALimit(t *testing.T) {
	t.Parallel()
	program := searching(t, "    while True: pass")
	call := callOf(&world{})
	call.Limits.MaxSteps = 0

	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := program.Search(ctx, call)
	require.Equal(t, "the time limit was reached", failureOf(t, err, monitor.FailureLimit).Message)

	cause := &monitor.Failure{Kind: monitor.FailureLimit, Message: "search took longer than its execution_timeout of 20ms"}
	ctx, cancel = context.WithTimeoutCause(t.Context(), 20*time.Millisecond, cause)
	defer cancel()
	_, err = program.Search(ctx, call)
	require.Equal(t, cause.Message, failureOf(t, err, monitor.FailureLimit).Message)
	require.Empty(t, cause.Traceback, "the cause belongs to the caller")
}

func TestSearch_CancelledBeforeItBegan(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := searching(t, `    print("ran")`).Search(ctx, callOf(&world{}))
	require.Equal(t, "context canceled", failureOf(t, err, monitor.FailureCancelled).Message)
}

func TestSearch_WithoutLimits(t *testing.T) {
	t.Parallel()
	call := callOf(&world{})
	call.Limits.MaxMemory, call.Limits.MaxSteps, call.Limits.MaxEntries, call.Limits.MaxNesting = 0, 0, 0, 0
	returned, err := searching(t, `    return [{"id": i, "text": "x" * 100} for i in range(2000)]`).Search(t.Context(), call)
	require.NoError(t, err)
	require.Len(t, returned.Entries, 2000)
}

// What a monitor may well do with a long text is not taken for a bomb.
func TestSearch_LongTextsInFewPartsAreAllowed(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    text = ("x" * 10000 + "\n") * 500
    if len(text.splitlines()) != 500: fail("lines")
    if len(text.split()) != 500: fail("words")
    if len(text.rsplit(None, 2)) != 3: fail("last words")`)
	require.NoError(t, err)
}

// A value that is referred to many times is copied once, and may contain itself.
func TestParallel_CopiesSharedValuesOnce(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    x = [0]
    for _ in range(60): x = [x, (x,), {"x": x}]
    y = []
    y.append(y)
    def change(item):
        item.append(1)
        return len(item)
    if parallel(change, [x, y]) != [4, 2]: fail("not free to change")
    if len(x) != 3 or len(y) != 1: fail("not a copy")`)
	require.NoError(t, err)
}

func TestSearch_GuardedOperationsDoWhatTheyDid(t *testing.T) {
	t.Parallel()
	_, err := search(t, &world{}, `
    calls = []
    def index():
        calls.append(1)
        return 0
    def check(actual, expected):
        if actual != expected: fail(actual, "is not", expected)
    x = [[1, 2]]
    x[index()] *= 2
    x[0][1 - 1] += 4
    (x[-1]) *= 2
    check(x, [[5, 2, 1, 2, 5, 2, 1, 2]])
    check(len(calls), 1)
    texts = ["%s-%s"]
    texts[index()] %= ("a", "b")
    check(texts, ["a-b"])
    check([c for c in "abc".elems()], ["a", "b", "c"])
    check("abc".elems()[1], "b")
    check(len("abc".elems()), 3)
    check(list("äb".codepoints()), ["ä", "b"])
    check(list(bytes("ab").elems()), [97, 98])
    check(sorted(["bb", "a"], key = len, reverse = True), ["bb", "a"])
    check(getattr("a-b", "split")("-"), ["a", "b"])
    check(getattr([], "none", 7), 7)
    check(set([1]).union([2]), set([1, 2]))
    check({k: v for k, v in [("a", 1), ("b", 2)] if v > 1}, {"b": 2})`)
	require.NoError(t, err)
}
