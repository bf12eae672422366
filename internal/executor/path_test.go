package executor_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/controller"
	"github.com/vedettehq/vedette/internal/datasource"
	sqlitesource "github.com/vedettehq/vedette/internal/datasource/sqlite"
	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/executor"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/queue/memory"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
	"github.com/vedettehq/vedette/internal/store/storetest"
)

// stuckOrders watches a business database, and counts what it reacts to.
var stuckOrders = monitor.Files{
	monitor.CodeFile: `
monitor(
    search_cron = "* * * * * *",
    update_cron = "* * * * * *",
    model_id_key = "order_id",
    alert = count_rule(low = 0, high = 1),
)

def search():
    return query("business", read_file("search.sql"))

def update(issues):
    return query("business", "select id as order_id, status from orders where id in (?)", [i["order_id"] for i in issues])

def is_solved(issue):
    return issue["status"] == "delivered"

def on_issue_created(event):
    variables.set("created", variables.get("created", []) + [event.data["model_id"]])

def on_alert_solved(event):
    variables.set("alert_solved", event.source_id)
`,
	"search.sql": "select id as order_id, status from orders where status = 'stuck' order by id",
}

// process is a whole platform in this process: controller, queue, executor and
// store, and a business that it watches.
type process struct {
	store     *sqlite.Store
	address   string
	business  *sql.DB
	databases *run.Databases
	parts     []func(context.Context) error
}

func newProcess(t *testing.T, monitors map[string]monitor.Files) *process {
	t.Helper()
	dir := t.TempDir()
	businessPath := filepath.Join(dir, "business.db")
	business, err := sql.Open("sqlite", businessPath)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, business.Close()) })

	p := &process{business: business, address: "sqlite://" + filepath.Join(dir, "vedette.db")}
	p.exec(t, "pragma journal_mode = wal")
	p.exec(t, "create table orders (id integer primary key, status text not null)")
	p.store, err = sqlite.Open(t.Context(), monitor.NewSecret(p.address), store.Config{PoolSize: 2})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.store.Close()) })
	require.NoError(t, p.store.Up(t.Context(), 0))

	p.databases = run.NewDatabases(map[string]func() (datasource.Source, error){
		"business": func() (datasource.Source, error) {
			return sqlitesource.Open(monitor.NewSecret("sqlite://"+businessPath), datasource.Config{
				MaxSize: 2, AcquireTimeout: time.Second, QueryTimeout: time.Second, MaxRows: 1000,
			})
		},
	}, nil)
	t.Cleanup(func() { require.NoError(t, p.databases.Close()) })
	p.wire(t, monitors)
	return p
}

// wire adds a controller and an executor.
func (p *process) wire(t *testing.T, monitors map[string]monitor.Files) {
	t.Helper()
	logger, registry := slog.New(slog.NewTextHandler(t.Output(), nil)), prometheus.NewRegistry()
	programs := catalog.New(p.store, script.NewCompiler(lib.All(), script.Config{}), catalog.Config{})
	runner := run.New(p.databases, logger, registry, run.Config{})
	reactions := delivery.NewReactions(p.store, run.NewReactor(runner, programs))
	queue := memory.New(memory.Config{})
	e := executor.New(executor.Deps{
		Store: p.store, Queue: queue, Programs: programs, Runner: runner,
		Deliverer: delivery.New(p.store, map[string]delivery.Target{monitor.TargetReactions: reactions}, logger, registry, delivery.Config{}),
		Logger:    logger, Registerer: registry,
	}, executor.Config{})
	c := controller.New(controller.Deps{
		Store: p.store, Queue: queue, OwnExecutor: e.ID, Logger: logger, Registerer: registry,
		Folder: catalog.NewFolder(programs, logger, catalog.FolderConfig{
			Examples: monitors,
		}),
	}, controller.Config{Tick: 20 * time.Millisecond, Lost: cron(t, "* * * * * *")})
	p.parts = append(p.parts, e.Run, c.Run)
}

// run runs the platform until the function that it returns is called.
func (p *process) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var parts sync.WaitGroup
	for _, part := range p.parts {
		parts.Go(func() {
			if err := part(ctx); err != nil {
				t.Errorf("run: %v", err)
			}
		})
	}
	return func() {
		cancel()
		parts.Wait()
	}
}

func (p *process) exec(t *testing.T, statement string) {
	t.Helper()
	_, err := p.business.ExecContext(t.Context(), statement)
	require.NoError(t, err)
}

// waitFor waits until there are so many events of a name.
func (p *process) waitFor(t *testing.T, name monitor.EventName, count int) []monitor.EventRecord {
	t.Helper()
	var found []monitor.EventRecord
	require.Eventually(t, func() bool {
		var err error
		found, err = p.store.Events(t.Context(), store.EventFilter{Name: name}, store.Page{Limit: 100})
		return err == nil && len(found) >= count
	}, 20*time.Second, 10*time.Millisecond, "%d events %s", count, name)
	require.Len(t, found, count)
	return found
}

// One issue's whole life, from the folder to the reactions.
func TestPath_AnIssueIsCreatedUpdatedAndSolved(t *testing.T) {
	t.Parallel()
	p := newProcess(t, map[string]monitor.Files{"stuck_orders": stuckOrders})
	stop := p.run(t)
	defer stop()

	p.exec(t, "insert into orders values (1, 'stuck')")
	created := p.waitFor(t, monitor.IssueCreated, 1)
	require.Contains(t, string(created[0].Data), `"model_id":"1"`)
	p.waitFor(t, monitor.AlertCreated, 1)

	p.exec(t, "insert into orders values (2, 'stuck')")
	p.waitFor(t, monitor.AlertPriorityIncreased, 1)

	p.exec(t, "update orders set status = 'shipped' where id = 1")
	p.waitFor(t, monitor.IssueUpdatedNotSolved, 1)

	p.exec(t, "update orders set status = 'delivered'")
	p.waitFor(t, monitor.IssueUpdatedSolved, 2)
	p.waitFor(t, monitor.IssueSolvedEvent, 2)
	solved := p.waitFor(t, monitor.AlertSolvedEvent, 1)

	view, err := p.store.Monitor(t.Context(), "stuck_orders")
	require.NoError(t, err)
	require.Zero(t, view.ActiveIssues)
	require.Zero(t, view.ActiveAlerts)
	require.Eventually(t, func() bool {
		variables, err := p.store.Variables(t.Context(), view.Monitor.ID)
		return err == nil && variables["created"] == `["1","2"]` && variables["alert_solved"] != ""
	}, 20*time.Second, 10*time.Millisecond, "reactions, in the order of the events")
	require.NotZero(t, solved[0].SourceID)

	stop()
	storetest.CheckHistory(t, p.address)
}

// Several controllers and executors do each thing once.
func TestPath_R72_NoMonitorRunsTwiceAtOnce(t *testing.T) {
	t.Parallel()
	monitors := map[string]monitor.Files{}
	for i := range 8 {
		monitors[fmt.Sprint("monitor_", i)] = monitor.Files{monitor.CodeFile: `
monitor(search_cron = "* * * * * *", model_id_key = "id")
def search():
    return query("business", "select id from orders")
def is_solved(issue):
    return False
`}
	}
	// R75: it fails once each time it is due, and not at every tick.
	monitors["failing"] = monitor.Files{monitor.CodeFile: `
monitor(search_cron = "* * * * * *", model_id_key = "id")
def search():
    fail("no luck")
def is_solved(issue):
    return False
`}
	p := newProcess(t, monitors)
	p.wire(t, monitors)
	start := time.Now()
	stop := p.run(t)
	defer stop()
	require.Eventually(t, func() bool {
		failed, err := p.store.Executions(t.Context(), store.ExecutionFilter{Monitor: "failing"}, store.Page{Limit: 100})
		return err == nil && len(failed) >= 4
	}, 30*time.Second, 20*time.Millisecond)
	stop()
	most := int(time.Since(start)/time.Second) + 2

	for name := range monitors {
		list, err := p.store.Executions(t.Context(), store.ExecutionFilter{Monitor: name}, store.Page{Limit: 100})
		require.NoError(t, err)
		require.LessOrEqual(t, len(list), most, "%s ran more often than its cron says", name)
		for i := range len(list) - 1 {
			later, earlier := list[i], list[i+1]
			require.False(t, earlier.FinishedAt.IsZero())
			require.False(t, later.QueuedAt.Before(earlier.FinishedAt), "%s was queued while it ran", name)
		}
	}
	storetest.CheckHistory(t, p.address)
}

func cron(t *testing.T, expression string) monitor.Cron {
	t.Helper()
	c, err := monitor.ParseCron(expression, time.UTC)
	require.NoError(t, err)
	return c
}
