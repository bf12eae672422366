package run_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

const hidden = "hunter2-\"42\""

// talkative is a world in which everything repeats what it is told.
type talkative struct{}

func (talkative) Query(_ context.Context, q monitor.Query) (monitor.Rows, error) {
	return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: fmt.Sprint("cannot run ", q.SQL, q.Args)}
}

func (talkative) Call(_ context.Context, r monitor.Request) (monitor.Response, error) {
	return monitor.Response{Status: 500, Body: r.Body}, &monitor.Failure{Kind: monitor.FailureHTTP, Message: r.Method + " " + r.URL + " " + r.Body}
}

func (talkative) LookupSecret(name string) (monitor.Secret, error) {
	return run.Secrets{"KEY": monitor.NewSecret(hidden)}.LookupSecret(name)
}

// leaking is what a run of code leaves behind, in whatever form it is shown, and
// what it wrote to the process's log.
func leaking(t *testing.T, code string) (left, log string) {
	t.Helper()
	program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("sample", monitor.Files{monitor.CodeFile: `
monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id")
` + code})
	require.False(t, diagnostics.HasErrors(), "%s", diagnostics)
	var process strings.Builder
	logger := slog.New(slog.NewTextHandler(&process, &slog.HandlerOptions{Level: slog.LevelDebug}))
	runner := run.New(talkative{}, logger, prometheus.NewRegistry(), run.Config{LogQueries: true})
	loaded := snapshot(`{"id":1}`)
	result, err := runner.Run(t.Context(), program, loaded, both, now, 1)
	require.NoError(t, err)
	plan := runner.Plan(program, &result, *loaded, now)
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n%+v\n", result, plan)
	for _, routine := range plan.Execution.Report.Routines {
		fmt.Fprintf(&b, "%+v\n", routine.Error)
	}
	for _, issue := range plan.Created {
		fmt.Fprintf(&b, "%+v\n", *issue)
	}
	for _, issue := range plan.Updated {
		fmt.Fprintf(&b, "%+v\n", *issue)
	}
	for i := range result.Queries {
		fmt.Fprintf(&b, "%v\n", result.Queries[i].Err)
	}
	for i := range result.Calls {
		fmt.Fprintf(&b, "%v\n", result.Calls[i].Err)
	}
	return b.String(), process.String()
}

func TestSecret_IsLeftNowhere(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"log":         `def search(): log.info("with " + secret("KEY"), key = secret("KEY"), deep = [{"k": secret("KEY")}])`,
		"print":       `def search(): print([secret("KEY")], {"a": secret("KEY")})`,
		"fail":        `def search(): fail("no", secret("KEY"))`,
		"mistake":     `def search(): return {}[secret("KEY")]`,
		"query":       `def search(): return query("shop", "select '" + secret("KEY") + "'", secret("KEY"))`,
		"http":        `def search(): return http.post("https://a.example/" + secret("KEY"), params = {"key": secret("KEY")}, json = secret("KEY"))`,
		"caught":      `def search(): log.info(attempt(query, "shop", secret("KEY")).error.message)`,
		"parallel":    `def search(): return parallel(lambda x: fail(secret("KEY")), [1])`,
		"incomplete":  `def search(): incomplete("no page " + secret("KEY"))`,
		"entry":       `def search(): return [{"id": 7, "key": secret("KEY"), secret("KEY"): 1, "text": "x" + secret("KEY") + "y"}]`,
		"model id":    `def search(): return [{"id": secret("KEY")}, {"id": secret("KEY")}, {"x": secret("KEY")}]`,
		"variable":    `def search(): variables.set("v", {"key": secret("KEY")})`,
		"its name":    `def search(): variables.set(secret("KEY"), 1)`,
		"is_solved":   `def search(): pass` + "\n" + `def is_solved(issue): return fail(secret("KEY"))`,
		"cut message": `def search(): log.info("x" * 8185 + secret("KEY"))`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if !strings.Contains(code, "is_solved") {
				code += "\ndef is_solved(issue): return False"
			}
			left, log := leaking(t, code+"\ndef update(issues): return [dict(i, key = secret(\"KEY\")) for i in issues]\n")
			require.Contains(t, left, "[redacted]")
			for _, text := range []string{left, log} {
				require.NotContains(t, text, "hunter2")
				require.NotContains(t, text, `42\"`)
			}
		})
	}
}

func TestSecret_InDataIsReplacedAndTold(t *testing.T) {
	t.Parallel()
	left, _ := leaking(t, `
def search(): return [{"id": 7, "key": secret("KEY")}, {"id": 8, "key": "none"}]
def update(issues): variables.set("v", secret("KEY"))
def is_solved(issue): return False
`)
	require.Contains(t, left, `{"id":7,"key":"[redacted]"}`)
	require.Contains(t, left, "search() returned the value of a secret: replaced by [redacted] in 1 of 2 entries")
	require.Contains(t, left, `variable "v" has the value of a secret in it: [redacted] is kept in its place`)
	require.Contains(t, left, `map[v:"[redacted]"]`)
}

func TestSecret_AnUnknownNameIsAFailureThatKnowsBetter(t *testing.T) {
	t.Parallel()
	secrets := run.Secrets{"SHOP_API_KEY": monitor.NewSecret("hunter2"), "OTHER": monitor.NewSecret("hunter3")}
	_, err := secrets.LookupSecret("SHOP_APIKEY")
	require.EqualError(t, err, `there is no secret "SHOP_APIKEY" (did you mean "SHOP_API_KEY"?): exposed to monitors is OTHER, SHOP_API_KEY (secrets in the configuration)`)
	_, err = run.Secrets{}.LookupSecret("HOME")
	require.EqualError(t, err, `there is no secret "HOME": none is exposed (secrets in the configuration lists those that are)`)
}

func TestReact_R81_MayCallAndKeepsSecrets(t *testing.T) {
	t.Parallel()
	var called monitor.Request
	var process strings.Builder
	outside := run.Outside{
		Querier: fakeDatabases{rows: monitor.Rows{`{"n":1}`}},
		Caller: callerFunc(func(r monitor.Request) (monitor.Response, error) {
			called = r
			return monitor.Response{Status: 200, Body: `{"ok":true}`}, nil
		}),
		SecretHolder: run.Secrets{"KEY": monitor.NewSecret(hidden)},
	}
	runner := run.New(outside, slog.New(slog.NewTextHandler(&process, nil)), nil, run.Config{})
	program := compiled(t, `
def on_issue_created(event):
    told = http.post("https://a.example/hook", json = {"id": event.data["id"], "key": secret("KEY")}).json()
    variables.set("told", [told["ok"], query("shop", "select 1")[0]["n"], secret("KEY")])
    print(secret("KEY"))

def on_issue_solved(event):
    fail(secret("KEY"))
`)
	set, err := runner.React(t.Context(), program, &monitor.EventRecord{Name: monitor.IssueCreated, Data: `{"id":7}`}, nil, now, 1)
	require.NoError(t, err)
	require.Equal(t, "https://a.example/hook", called.URL)
	require.Contains(t, called.Body, "hunter2", "where it is sent it is whole")
	require.Equal(t, map[string]monitor.Data{"told": `[true,1,"[redacted]"]`}, set)

	_, err = runner.React(t.Context(), program, &monitor.EventRecord{Name: monitor.IssueSolvedEvent}, nil, now, 1)
	require.ErrorContains(t, err, "[redacted]")
	require.NotContains(t, process.String()+fmt.Sprintf("%+v", err), "hunter2")
}

func TestReact_R81_ACallEndsWithItsTimeout(t *testing.T) {
	t.Parallel()
	outside := run.Outside{
		Querier: fakeDatabases{}, SecretHolder: run.Secrets{},
		Caller: waitingCaller{},
	}
	runner := run.New(outside, slog.New(slog.DiscardHandler), nil, run.Config{ReactionTimeout: 1})
	_, err := runner.React(t.Context(), compiled(t, "def on_issue_created(event): http.get(\"https://a.example\")\n"), &monitor.EventRecord{Name: monitor.IssueCreated}, nil, now, 1)
	require.ErrorContains(t, err, "took longer than its reaction_timeout of 1ns")
}

func TestHTTP_IsTimedAndNeedsSomebodyWhoCalls(t *testing.T) {
	t.Parallel()
	search := func(ctx context.Context, host script.Host) (monitor.Returned, error) {
		_, err := host.HTTP(ctx, monitor.Request{Method: "GET", URL: "https://u:p@a.example/x?key=1#y"})
		return entries(), err
	}
	outside := run.Outside{Querier: fakeDatabases{}, SecretHolder: run.Secrets{}, Caller: callerFunc(func(monitor.Request) (monitor.Response, error) {
		return monitor.Response{Status: 204, Body: "four"}, nil
	})}
	runner := run.New(outside, slog.New(slog.DiscardHandler), nil, run.Config{})
	result, err := runner.Run(t.Context(), &fakeProgram{search: search}, snapshot(), both, now, 1)
	require.NoError(t, err)
	require.Equal(t, 1, result.CallCount)
	result.Calls[0].Duration = 0
	require.Equal(t, []run.CallTiming{{Routine: "search", Method: "GET", URL: "https://a.example/x", Status: 204, Bytes: 4}}, result.Calls)

	result = runBoth(t, &fakeProgram{search: search}, snapshot())
	require.Contains(t, routine(t, result, "search").Error.Message, "no host may be called from here")
	require.EqualError(t, result.Calls[0].Err, "refused: no host may be called from here")
}

type callerFunc func(r monitor.Request) (monitor.Response, error)

func (f callerFunc) Call(_ context.Context, r monitor.Request) (monitor.Response, error) { return f(r) }

// waitingCaller never gets an answer.
type waitingCaller struct{}

func (waitingCaller) Call(ctx context.Context, _ monitor.Request) (monitor.Response, error) {
	<-ctx.Done()
	var failure *monitor.Failure
	errors.As(context.Cause(ctx), &failure)
	return monitor.Response{}, failure
}

// compiled is a monitor with reactions.
func compiled(t *testing.T, reactions string) *script.Program {
	t.Helper()
	program, diagnostics := script.NewCompiler(lib.All(), script.Config{}).Compile("sample", monitor.Files{monitor.CodeFile: `
monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search(): pass
` + reactions})
	require.False(t, diagnostics.HasErrors(), "%s", diagnostics)
	return program
}
