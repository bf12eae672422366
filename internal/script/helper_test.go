package script_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

// world is a host that answers queries from a function and remembers the rest.
type world struct {
	query func(ctx context.Context, q monitor.Query) (monitor.Rows, error)

	mu         sync.Mutex
	variables  map[string]monitor.Data
	incomplete []string
	log        []string
}

var _ script.Host = (*world)(nil)

func (w *world) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	if w.query == nil {
		return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: "no database"}
	}
	return w.query(ctx, q)
}

func (*world) HTTP(context.Context, monitor.Request) (monitor.Response, error) {
	return monitor.Response{}, &monitor.Failure{Kind: monitor.FailureHTTP, Message: "no host"}
}

func (*world) Secret(string) (string, error) {
	return "", &monitor.Failure{Kind: monitor.FailureCode, Message: "no secret"}
}

func (w *world) Variable(name string) (monitor.Data, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, ok := w.variables[name]
	return value, ok
}

func (w *world) SetVariable(name string, value monitor.Data) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.variables == nil {
		w.variables = map[string]monitor.Data{}
	}
	w.variables[name] = value
}

func (w *world) Incomplete(reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.incomplete = append(w.incomplete, reason)
}

func (w *world) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, fmt.Sprintf("%s: %s %s", level, message, fields))
}

func compiler() *script.Compiler {
	return script.NewCompiler(lib.All(), script.Config{
		Settings:  map[string]monitor.Data{"billing_url": `"https://billing.example"`, "limits": `{"high":5}`},
		Receivers: []string{"payments", "logistics"},
	})
}

// head declares a monitor that is valid with any functions.
const head = "monitor(search_cron = \"@daily\", update_cron = \"@daily\", model_id_key = \"id\", solvable = False)\n"

// functions that head needs, for code that defines only some.
var stubs = map[string]string{
	"search": "def search(): pass\n", "update": "def update(issues): pass\n",
}

// compile makes a program of code that must be valid.
func compile(tb testing.TB, code string) *script.Program {
	tb.Helper()
	program, diagnostics := compiler().Compile("sample", monitor.Files{monitor.CodeFile: code})
	require.False(tb, diagnostics.HasErrors(), "%s", diagnostics)
	return program
}

// searching is a program whose search has this body.
func searching(tb testing.TB, body string) *script.Program {
	tb.Helper()
	return compile(tb, head+stubs["update"]+"def search():\n"+body+"\n")
}

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func callOf(host script.Host) script.Call {
	return script.Call{Host: host, Now: noon, Seed: 7, Limits: script.Limits{
		MaxSteps: 50_000_000, MaxMemory: 16 << 20, MaxEntries: 1000, MaxNesting: 20,
	}}
}

// search runs a body and gives the only entry it returns.
func search(tb testing.TB, host script.Host, body string) (monitor.Returned, error) {
	tb.Helper()
	return searching(tb, body).Search(tb.Context(), callOf(host))
}

// evaluate gives the stored form of an expression.
func evaluate(tb testing.TB, host script.Host, expression string) monitor.Data {
	tb.Helper()
	returned, err := search(tb, host, "    return [{\"value\": "+expression+"}]")
	require.NoError(tb, err)
	require.Len(tb, returned.Entries, 1)
	require.Empty(tb, returned.Entries[0].Problem)
	value, ok := returned.Entries[0].Data.Field("value")
	require.True(tb, ok)
	return value
}

// failureOf asserts that an error is a failure of a kind.
func failureOf(tb testing.TB, err error, kind monitor.FailureKind) *monitor.Failure {
	tb.Helper()
	var failure *monitor.Failure
	require.ErrorAs(tb, err, &failure)
	require.Equal(tb, kind, failure.Kind, "%s", failure.Message)
	return failure
}
