package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// The executors that tests have.
const (
	me    = "executor-me"
	other = "executor-other"
)

// fixture is a store with what tests need to say shortly.
type fixture struct {
	*testing.T
	driver  Driver
	store   store.Database
	address string
	// now is the time of what the test does next; it moves only by pass.
	now time.Time
}

func newFixture(t *testing.T, d Driver) *fixture {
	t.Helper()
	database, address := d.Open(t)
	f := &fixture{T: t, driver: d, store: database, address: address, now: time.Date(2026, 11, 23, 12, 0, 0, 123456000, time.UTC)}
	require.NoError(t, database.RegisterExecutor(t.Context(), me, f.now, f.now.Add(1000*time.Hour)))
	return f
}

// pass lets time go by.
func (f *fixture) pass(d time.Duration) { f.now = f.now.Add(d) }

// code requires that an error has a code.
func (f *fixture) code(code monitor.Code, err error) {
	f.Helper()
	require.Error(f, err)
	require.Equal(f, code, monitor.CodeOf(err), err.Error())
}

// registration is for a monitor that is due every hour.
func registration(name string, changes ...func(*store.Registration)) store.Registration {
	r := store.Registration{
		Name:  name,
		Files: monitor.Files{monitor.CodeFile: "# " + name, monitor.ReadmeFile: "About " + name},
		Declaration: monitor.Declaration{
			Options:   monitor.Options{ModelIDKey: "id", SearchCron: "0 * * * *", UpdateCron: "30 * * * *", Solvable: true, Missing: monitor.MissingKeep},
			HasSearch: true, HasUpdate: true, HasIsSolved: true,
		},
		Source: monitor.SourceAPI,
		Author: "ada",
		Zone:   time.UTC,
	}
	for _, change := range changes {
		change(&r)
	}
	return r
}

// register registers a monitor.
func (f *fixture) register(name string, changes ...func(*store.Registration)) monitor.Version {
	f.Helper()
	version, stored, err := f.store.Register(f.Context(), registration(name, changes...), f.now)
	require.NoError(f, err)
	require.True(f, stored)
	return version
}

// claim claims what is due.
func (f *fixture) claim() []int64 {
	f.Helper()
	ids, err := f.store.ClaimDue(f.Context(), f.now, time.UTC, 100)
	require.NoError(f, err)
	return ids
}

// take takes the oldest queued execution, which there must be.
func (f *fixture) take() *store.Taken {
	f.Helper()
	taken, err := f.store.Take(f.Context(), me, 0, f.now)
	require.NoError(f, err)
	require.NotNil(f, taken)
	return taken
}

// taken makes the named monitor due and takes its execution.
func (f *fixture) taken(name string) *store.Taken {
	f.Helper()
	f.refresh(name, monitor.TaskSearch|monitor.TaskUpdate)
	f.claim()
	queued, err := f.store.Executions(f.Context(), store.ExecutionFilter{Monitor: name, Status: monitor.ExecutionQueued}, store.Page{Limit: 1})
	require.NoError(f, err)
	require.Len(f, queued, 1)
	taken, err := f.store.Take(f.Context(), me, queued[0].ID, f.now)
	require.NoError(f, err)
	require.Equal(f, name, taken.MonitorName)
	return taken
}

// refresh makes tasks due now.
func (f *fixture) refresh(name string, tasks monitor.Tasks) {
	f.Helper()
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: name}, f.now, func(monitor.Snapshot) (monitor.Plan, error) {
		return monitor.Plan{Actor: "ada", Monitor: &monitor.MonitorChange{DueTasks: tasks}}, nil
	})
	require.NoError(f, err)
}

func (f *fixture) load(fence monitor.Fence) monitor.Snapshot {
	f.Helper()
	snapshot, err := f.store.Load(f.Context(), fence)
	require.NoError(f, err)
	return snapshot
}

// commit commits a plan made from a snapshot by changes.
func (f *fixture) commit(fence monitor.Fence, loaded monitor.Snapshot, changes ...func(*planning)) (monitor.Plan, error) {
	f.Helper()
	return f.store.Commit(f.Context(), fence, loaded, nil, f.now, f.decide(changes...))
}

// run makes the named monitor due and goes through a whole run.
func (f *fixture) run(name string, changes ...func(*planning)) monitor.Plan {
	f.Helper()
	taken := f.taken(name)
	plan, err := f.commit(taken.Fence, f.load(taken.Fence), changes...)
	require.NoError(f, err)
	return plan
}

// active reads what is active of a monitor.
func (f *fixture) active(name string) monitor.Snapshot {
	f.Helper()
	var snapshot monitor.Snapshot
	_, err := f.store.Change(f.Context(), store.Scope{Monitor: name, Issues: true}, f.now, func(s monitor.Snapshot) (monitor.Plan, error) {
		snapshot = s
		return monitor.Plan{}, nil
	})
	require.NoError(f, err)
	return snapshot
}

// view reads a monitor as of now.
func (f *fixture) view(name string) store.MonitorView {
	f.Helper()
	views, err := f.store.Monitors(f.Context(), store.MonitorFilter{Query: name, Now: f.now}, store.Page{Limit: 1})
	require.NoError(f, err)
	require.Len(f, views, 1)
	return views[0]
}

// execution reads an execution.
func (f *fixture) execution(id int64) store.ExecutionView {
	f.Helper()
	view, err := f.store.Execution(f.Context(), id)
	require.NoError(f, err)
	return view
}
