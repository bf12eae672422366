package script_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

const isSolvedCode = `
monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id")
def search(): pass
def update(issues): pass
def is_solved(issue):
    issue["seen"] = True
    return issue["done"]
`

func TestIsSolved_R07_OneFailureDoesNotStopTheOthers(t *testing.T) {
	t.Parallel()
	answers := compile(t, isSolvedCode).IsSolved(t.Context(), callOf(&world{}), []monitor.Data{
		`{"done":true}`, `{}`, `{"done":"yes"}`, `{"done":false}`, `{"done":true}`,
	})
	require.Equal(t, []bool{true, false, false, false, true}, answers.Solved)
	require.Equal(t, 2, answers.Failed)
	require.Equal(t, "monitor.star:7:17", answers.First.Position)
	require.Equal(t, `key "done" not in dict`, answers.First.Message)
	require.Contains(t, answers.First.Traceback, "monitor.star:7:17: in is_solved")
	require.Nil(t, answers.Err)
}

func TestIsSolved_R07_MustReturnABool(t *testing.T) {
	t.Parallel()
	answers := compile(t, isSolvedCode).IsSolved(t.Context(), callOf(&world{}), []monitor.Data{`{"done":1}`})
	require.Equal(t, []bool{false}, answers.Solved)
	require.Equal(t, monitor.FailureResult, answers.First.Kind)
	require.Equal(t, "is_solved() must return True or False, not an int", answers.First.Message)
	require.Equal(t, "monitor.star:5:1", answers.First.Position)
}

func TestIsSolved_R06_EndsWithTheTime(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	program := compile(t, `
monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id")
def search(): pass
def update(issues): pass
def is_solved(issue):
    if issue["wait"]:
        query("shop", "")
        for _ in range(200000): pass
    return True
`)
	host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
		cancel(&monitor.Failure{Kind: monitor.FailureLimit, Message: "is_solved took longer than 1s"})
		return nil, nil
	}}
	answers := program.IsSolved(ctx, callOf(host), []monitor.Data{`{"wait":false}`, `{"wait":true}`, `{"wait":false}`})
	require.Equal(t, []bool{true}, answers.Solved)
	require.Equal(t, "is_solved took longer than 1s", answers.Err.Message)
	require.Equal(t, monitor.FailureLimit, answers.Err.Kind)
}

func TestIsSolved_WithoutTheFunctionNothingIs(t *testing.T) {
	t.Parallel()
	answers := searching(t, "    pass").IsSolved(t.Context(), callOf(&world{}), []monitor.Data{`{}`, `{}`})
	require.Equal(t, script.Answers{Solved: []bool{false, false}}, answers)
}

func TestSearch_FailuresAfterTheTimeIsOver(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
		cancel()
		return monitor.Rows{`{"id":1}`}, nil
	}}
	_, err := searching(t, `    return attempt(query, "shop", "select 1").value`).Search(ctx, callOf(host))
	failure := failureOf(t, err, monitor.FailureCancelled)
	require.Equal(t, "context canceled", failure.Message)
}

func TestReact_GetsTheEvent(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["search"]+stubs["update"]+`
def on_issue_created(event):
    event.data["x"] = 1
    log.info(event.name, source = event.source, source_id = event.source_id, monitor_id = event.monitor_id, data = event.data, extra = event.extra)
`)
	require.Equal(t, []monitor.EventName{monitor.IssueCreated}, program.Declaration().Reactions)
	host := &world{}
	event := &monitor.EventRecord{
		Name: monitor.IssueCreated, Source: monitor.SourceIssue, SourceID: 3, MonitorID: 9,
		Data: `{"model_id":"7"}`, Extra: `{}`,
	}
	require.NoError(t, program.React(t.Context(), callOf(host), event))
	require.Equal(t, []string{`info: issue_created {"source":"issue","source_id":3,"monitor_id":9,"data":{"model_id":"7","x":1},"extra":{}}`}, host.log)

	event.Name = monitor.IssueSolvedEvent
	err := program.React(t.Context(), callOf(host), event)
	require.Equal(t, "the monitor defines no on_issue_solved()", failureOf(t, err, monitor.FailureCode).Message)
}

func TestProgram_CallsDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["update"]+`
STATE = {"n": 0, "list": []}
def search():
    STATE["n"] += 1
`)
	for range 2 {
		_, err := program.Search(t.Context(), callOf(&world{}))
		require.Contains(t, failureOf(t, err, monitor.FailureCode).Message, "frozen")
	}
}

func TestProgram_IsSafeForConcurrentCalls(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["update"]+`
RATES = {"eur": [1, 2, 3]}
def search():
    rows = [dict(row, rate = sum(RATES["eur"])) for row in query("shop", "")]
    return rows + parallel(lambda n: {"id": "{}-{}".format(rows[0]["id"], n), "r": random.int(1, 1000000)}, [1, 2, 3])
`)
	results := make([]string, 20)
	var calls sync.WaitGroup
	for i := range results {
		calls.Go(func() {
			host := &world{query: func(context.Context, monitor.Query) (monitor.Rows, error) {
				return monitor.Rows{`{"id":5}`}, nil
			}}
			returned, err := program.Search(t.Context(), callOf(host))
			results[i] = fmt.Sprint(returned, err)
		})
	}
	calls.Wait()
	for _, result := range results {
		require.Equal(t, results[0], result)
		require.Contains(t, result, `{"id":5,"rate":6}`)
	}
}

func TestProgram_RandomDependsOnTheSeedAlone(t *testing.T) {
	t.Parallel()
	program := searching(t, `    return [{"id": random.int(1, 1000000000)}]`)
	draw := func(seed uint64) monitor.Returned {
		call := callOf(&world{})
		call.Seed = seed
		returned, err := program.Search(t.Context(), call)
		require.NoError(t, err)
		return returned
	}
	first, again, other := draw(1), draw(1), draw(2)
	require.Equal(t, first, again)
	require.NotEqual(t, first, other)
}

func TestProgram_TracebackLeadsToTheLine(t *testing.T) {
	t.Parallel()
	program, diagnostics := compiler().Compile("sample", monitor.Files{
		monitor.CodeFile: head + stubs["update"] + `load("helper.star", "first")
def search():
    rows = [{"id": 1}]
    return sorted(rows, key = lambda row:
        first(row["tags"]))
`,
		"helper.star": "def first(list):\n    return list[0]\n",
	})
	require.Empty(t, diagnostics)
	_, err := program.Search(t.Context(), callOf(&world{}))
	failure := failureOf(t, err, monitor.FailureCode)
	require.Equal(t, "monitor.star:7:18", failure.Position)
	require.Equal(t, `monitor.star:7:18: key "tags" not in dict`, failure.Error())
	require.Equal(t, `Traceback (most recent call last):
  monitor.star:6:12: in search
    return sorted(rows, key = lambda row:
  monitor.star:7:18: in lambda
    first(row["tags"]))
`, failure.Traceback)
}

func TestProgram_LongTracebacksAreCut(t *testing.T) {
	t.Parallel()
	program := compile(t, head+stubs["update"]+"def deeper(n): return deeper(n + 1)\ndef search(): return deeper(0)\n")
	_, err := program.Search(t.Context(), callOf(&world{}))
	failure := failureOf(t, err, monitor.FailureLimit)
	require.Contains(t, failure.Message, "nested deeper than 1000")
	require.Regexp(t, `\.\.\. and \d+ more calls like this \.\.\.`, failure.Traceback)
	require.Less(t, len(failure.Traceback), 500)

	program = compile(t, head+stubs["update"]+"def even(n): return odd(n + 1)\ndef odd(n): return even(n + 1)\ndef search(): return even(0)\n")
	_, err = program.Search(t.Context(), callOf(&world{}))
	failure = failureOf(t, err, monitor.FailureLimit)
	require.Regexp(t, `\.\.\. 97\d more calls \.\.\.`, failure.Traceback)
	require.Less(t, len(failure.Traceback), 3000)
}

func TestProgram_CallsOfMissingFunctions(t *testing.T) {
	t.Parallel()
	program := compile(t, `monitor(search_cron = "@daily", model_id_key = "id", solvable = False)`+"\ndef search(): pass\n")
	_, err := program.Update(t.Context(), callOf(&world{}), nil)
	require.Equal(t, "the monitor defines no update()", failureOf(t, err, monitor.FailureCode).Message)
	_, err = program.Update(t.Context(), callOf(&world{}), []monitor.Data{`{`})
	require.Contains(t, failureOf(t, err, monitor.FailureCode).Message, "stored data of an issue")
}
