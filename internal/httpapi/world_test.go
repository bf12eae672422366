package httpapi

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/catalog"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlite"
	"github.com/vedettehq/vedette/internal/telemetry"
	"github.com/vedettehq/vedette/internal/testenv"
	"github.com/vedettehq/vedette/internal/trial"
)

func TestMain(m *testing.M) { testenv.Main(m) }

const executorID = "executor-of-the-test"

// world is a running server over an embedded store, with a client.
type world struct {
	testing.TB
	store  store.Database
	deps   Deps
	config Config
	server *Server
	url    string
	client *client.Client
	http   *http.Client
	// limits are those of runs.
	limits lifecycle.Limits
}

// newWorld starts a server. Changes may replace what it is made of.
func newWorld(tb testing.TB, changes ...func(*world)) *world {
	tb.Helper()
	w := &world{TB: tb, http: &http.Client{}}
	w.deps = Deps{
		Registry: prometheus.NewRegistry(),
		Logger:   slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
		Build:    telemetry.Build{Version: "v1.2.3"},
	}
	w.openStore()
	w.config = Config{Address: "127.0.0.1:0", Dashboard: true, Auth: AuthToken}
	for _, change := range changes {
		change(w)
	}
	w.serve()
	return w
}

// nothingToQuery is what monitors query that query nothing.
type nothingToQuery struct{}

func (nothingToQuery) Query(context.Context, monitor.Query) (monitor.Rows, error) {
	return monitor.Rows{}, &monitor.Failure{Kind: monitor.FailureQuery, Message: "there are no databases"}
}

func (w *world) openStore() {
	w.Helper()
	address := monitor.NewSecret("sqlite://" + filepath.Join(w.TempDir(), "vedette.db"))
	opened, err := sqlite.Open(w.Context(), address, store.Config{PoolSize: 2})
	require.NoError(w, err)
	w.use(opened)
}

// use has the server work on a store, which is new.
func (w *world) use(opened store.Database) {
	w.Helper()
	w.Cleanup(func() { require.NoError(w, opened.Close()) })
	require.NoError(w, opened.Up(w.Context(), 0))
	now := opened.Now()
	require.NoError(w, opened.RegisterExecutor(w.Context(), executorID, now, now.Add(time.Hour)))
	w.store, w.deps.Store = opened, opened
	compiler := script.NewCompiler(lib.All(), script.Config{})
	code := catalog.New(opened, compiler, catalog.Config{})
	w.deps.Catalog, w.deps.Origins = code, catalog.NewFolder(code, slog.New(slog.DiscardHandler), catalog.FolderConfig{})
	w.deps.Trier = trial.New(compiler, nothingToQuery{}, trial.Config{Now: opened.Now})
	w.deps.Tester = namedTester{}
}

func (w *world) serve() {
	w.Helper()
	server, err := New(w.deps, w.config)
	require.NoError(w, err)
	w.server = server
	require.NoError(w, server.Listen(w.Context()))
	ctx, stop := context.WithCancel(context.WithoutCancel(w.Context()))
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	w.Cleanup(func() {
		stop()
		require.NoError(w, <-ended)
	})
	w.url = "http://" + server.Addr()
	w.client, err = client.New(client.Config{Server: w.url})
	require.NoError(w, err)
	w.Cleanup(func() {
		w.client.Close()
		w.http.CloseIdleConnections()
	})
}

// register registers a monitor.
func (w *world) register(name string, changes ...func(*monitor.Declaration)) monitor.Declaration {
	w.Helper()
	declaration := monitor.Declaration{
		Options: monitor.Options{
			ModelIDKey: "id", SearchCron: "0 * * * *", UpdateCron: "30 * * * *", Solvable: true, Missing: monitor.MissingKeep,
			Rule: &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Low: 0, monitor.High: 2}},
		},
		HasSearch: true, HasUpdate: true, HasIsSolved: true, Summary: "About " + name,
	}
	for _, change := range changes {
		change(&declaration)
	}
	_, _, err := w.store.Register(w.Context(), store.Registration{
		Name:        name,
		Files:       monitor.Files{monitor.CodeFile: "# " + name, monitor.ReadmeFile: "# About " + name},
		Declaration: declaration,
		Source:      monitor.SourceFolder,
		Zone:        time.UTC,
	}, w.store.Now())
	require.NoError(w, err)
	return declaration
}

// unsolvable makes a monitor's issues be solved by people.
func unsolvable(d *monitor.Declaration) { d.Options.Solvable = false }

// find has a whole run of a registered monitor find issues of the given ids.
func (w *world) find(name string, d monitor.Declaration, ids ...string) {
	w.Helper()
	w.run(name, d, func(o *monitor.Outcome) {
		for _, id := range ids {
			o.Search.Found = append(o.Search.Found, monitor.Found{ModelID: id, Data: monitor.Data(`{"id":"` + id + `","amount":7.5}`)})
		}
	})
}

// run goes through a run whose code said what outcome makes of an empty search.
func (w *world) run(name string, d monitor.Declaration, outcome func(*monitor.Outcome)) {
	w.Helper()
	ctx, now := w.Context(), w.store.Now()
	_, err := w.store.Change(ctx, store.Scope{Monitor: name}, now, func(monitor.Snapshot) (monitor.Plan, error) {
		return monitor.Plan{Monitor: &monitor.MonitorChange{DueTasks: d.Tasks()}}, nil
	})
	require.NoError(w, err)
	taken := w.take(name)
	loaded, err := w.store.Load(ctx, taken.Fence)
	require.NoError(w, err)
	o := monitor.Outcome{Search: &monitor.SearchOutcome{}}
	o.Report.Routines = []monitor.Routine{{Name: monitor.RoutineSearch, Seconds: 0.25}}
	outcome(&o)
	_, err = w.store.Commit(ctx, taken.Fence, loaded, nil, now, func(s monitor.Snapshot) monitor.Plan {
		return lifecycle.Plan(&d, &o, s, w.limits, now)
	})
	require.NoError(w, err)
}

// take has the due execution of a monitor running.
func (w *world) take(name string) *store.Taken {
	w.Helper()
	_, err := w.store.ClaimDue(w.Context(), w.store.Now(), time.UTC, 1000)
	require.NoError(w, err)
	queued, err := w.store.Executions(w.Context(), store.ExecutionFilter{Monitor: name, Status: monitor.ExecutionQueued}, store.Page{Limit: 1})
	require.NoError(w, err)
	require.Len(w, queued, 1)
	taken, err := w.store.Take(w.Context(), executorID, queued[0].ID, w.store.Now())
	require.NoError(w, err)
	require.Equal(w, name, taken.MonitorName)
	return taken
}

// answer is what a raw request got.
type answer struct {
	status int
	header http.Header
	body   string
}

// send sends a raw request; changes may alter it. A body is sent as JSON.
func (w *world) send(method, path, body string, changes ...func(*http.Request)) answer {
	w.Helper()
	request, err := http.NewRequestWithContext(w.Context(), method, w.url+path, strings.NewReader(body))
	require.NoError(w, err)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for _, change := range changes {
		change(request)
	}
	response, err := w.http.Do(request)
	require.NoError(w, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(w, err)
	require.NoError(w, response.Body.Close())
	return answer{response.StatusCode, response.Header, string(text)}
}

// code requires that an error has a code and says something.
func (w *world) code(code monitor.Code, says string, err error) {
	w.Helper()
	require.ErrorContains(w, err, says)
	require.Equal(w, code, monitor.CodeOf(err), err.Error())
}

// archive deletes a monitor.
func (w *world) archive(name string) {
	w.Helper()
	archive := lifecycle.Archive(&monitor.Declaration{}, lifecycle.Person{Actor: "test", Now: w.store.Now()})
	_, err := w.store.Change(w.Context(), store.Scope{Monitor: name, Issues: true}, w.store.Now(), archive)
	require.NoError(w, err)
}

// logbook is a log that is read while it is written.
type logbook struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logbook) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(line)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logbook) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}
