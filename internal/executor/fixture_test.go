package executor_test

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue"
	"github.com/vedettehq/vedette/internal/queue/memory"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Monitors for tests. What their queries do is in fakeDatabases.
const (
	quick = `
monitor(search_cron = "* * * * *", model_id_key = "id")
def search():
    return query("db", "quick")
def is_solved(issue):
    return issue["done"]
def on_issue_created(event):
    pass
`
	blocking = `
monitor(search_cron = "* * * * *", model_id_key = "id", execution_timeout = "10m")
def search():
    variables.set("blocked", True)
    return query("db", "block")
def is_solved(issue):
    return False
`
)

// fixture is an executor with what it works with.
type fixture struct {
	store     *fakeStore
	queue     queue.Queue
	catalog   *fakeCatalog
	databases *fakeDatabases
	log       *syncBuffer
	deps      executor.Deps
	// delivered is told of each delivery.
	delivered func(ctx context.Context, d monitor.Delivery) error
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{
		store:     newFakeStore(),
		queue:     memory.New(memory.Config{}),
		catalog:   &fakeCatalog{programs: map[int64]*script.Program{}, errs: map[int64]error{}},
		databases: &fakeDatabases{release: make(chan struct{})},
		log:       &syncBuffer{},
		delivered: func(context.Context, monitor.Delivery) error { return nil },
	}
	logger := slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	registry := prometheus.NewRegistry()
	targets := map[string]delivery.Target{monitor.TargetReactions: targetFunc(func(ctx context.Context, d monitor.Delivery) error {
		return f.delivered(ctx, d)
	})}
	f.deps = executor.Deps{
		Store:      f.store,
		Queue:      f.queue,
		Programs:   f.catalog,
		Runner:     run.New(f.databases, logger, registry, run.Config{}),
		Deliverer:  delivery.New(f.store, targets, logger, registry, delivery.Config{}),
		Logger:     logger,
		Registerer: registry,
	}
	return f
}

type targetFunc func(ctx context.Context, d monitor.Delivery) error

func (f targetFunc) Deliver(ctx context.Context, d monitor.Delivery) error { return f(ctx, d) }

// add queues executions of monitors with this code.
func (f *fixture) add(t *testing.T, code string, ids ...int64) {
	t.Helper()
	for _, id := range ids {
		f.catalog.programs[id] = compile(t, code)
	}
	f.store.queue(ids...)
}

// ring announces executions.
func (f *fixture) ring(t *testing.T, ids ...int64) {
	t.Helper()
	for _, id := range ids {
		require.NoError(t, f.queue.Send(t.Context(), queue.Message{Lane: queue.Executions, ID: id}))
	}
}

// start runs an executor until the function that it returns is called.
func (f *fixture) start(t *testing.T, config executor.Config) (*executor.Executor, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	e := executor.New(f.deps, config)
	ended := make(chan error)
	go func() { ended <- e.Run(ctx) }()
	synctest.Wait()
	return e, func() {
		cancel()
		require.NoError(t, <-ended)
	}
}

func compile(t *testing.T, code string) *script.Program {
	t.Helper()
	compiler := script.NewCompiler(lib.All(), script.Config{})
	program, diagnostics := compiler.Compile("orders", monitor.Files{monitor.CodeFile: code})
	require.False(t, diagnostics.HasErrors(), "%s", diagnostics)
	return program
}

// after lets the bubble's clock run on, and what is due by then be done.
func after(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

// syncBuffer is a log that can be read while it is written.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
