package lib_test

import (
	"context"
	"errors"
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
	http  func(ctx context.Context, r monitor.Request) (monitor.Response, error)

	mu         sync.Mutex
	variables  map[string]monitor.Data
	incomplete []string
	log        []string
}

func (w *world) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	if w.query == nil {
		return nil, errors.New("no database")
	}
	return w.query(ctx, q)
}

func (w *world) HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	if w.http == nil {
		return monitor.Response{}, errors.New("no host")
	}
	return w.http(ctx, r)
}

func (*world) Secret(name string) (string, error) {
	if name != "SHOP_API_KEY" {
		return "", &monitor.Failure{Kind: monitor.FailureCode, Message: "there is no secret " + name}
	}
	return "hunter2", nil
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

var noon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// search runs a body of search() and gives what it returns.
func search(t *testing.T, host script.Host, body string) (monitor.Returned, error) {
	t.Helper()
	compiler := script.NewCompiler(lib.All(), script.Config{Settings: map[string]monitor.Data{"limit": `5`}})
	program, diagnostics := compiler.Compile("sample", monitor.Files{
		monitor.CodeFile: "monitor(search_cron = \"@daily\", model_id_key = \"id\", solvable = False)\ndef search():\n" + body + "\n",
		"search.sql":     "select 1",
	})
	require.False(t, diagnostics.HasErrors(), "%s", diagnostics)
	return program.Search(t.Context(), script.Call{Host: host, Now: noon, Seed: 1, Limits: script.Limits{
		MaxSteps: 10_000_000, MaxMemory: 16 << 20,
	}})
}

// evaluate gives the stored form of an expression.
func evaluate(t *testing.T, host script.Host, expression string) string {
	t.Helper()
	returned, err := search(t, host, "    return [{\"value\": "+expression+"}]")
	require.NoError(t, err)
	require.Len(t, returned.Entries, 1)
	require.Empty(t, returned.Entries[0].Problem)
	value, ok := returned.Entries[0].Data.Field("value")
	require.True(t, ok)
	return string(value)
}

// fails gives the message and kind with which an expression fails.
func fails(t *testing.T, host script.Host, expression string) *monitor.Failure {
	t.Helper()
	_, err := search(t, host, "    return [{\"value\": "+expression+"}]")
	var failure *monitor.Failure
	require.ErrorAs(t, err, &failure)
	return failure
}
