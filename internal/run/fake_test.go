package run_test

import (
	"context"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// fakeProgram is code made of Go functions; those that are nil are not defined.
type fakeProgram struct {
	options  monitor.Options
	search   func(ctx context.Context, host script.Host) (monitor.Returned, error)
	update   func(ctx context.Context, host script.Host, issues []monitor.Data) (monitor.Returned, error)
	isSolved func(ctx context.Context, host script.Host, data []monitor.Data) script.Answers
	react    func(ctx context.Context, host script.Host, event *monitor.EventRecord) error
	// calls has the names of the routines in the order in which they were called.
	calls []string
}

var _ run.Program = (*fakeProgram)(nil)

func (p *fakeProgram) Declaration() monitor.Declaration {
	options := p.options
	options.ModelIDKey = "id"
	return monitor.Declaration{
		Options:     options,
		HasSearch:   p.search != nil,
		HasUpdate:   p.update != nil,
		HasIsSolved: p.isSolved != nil,
	}
}

func (p *fakeProgram) Search(ctx context.Context, call script.Call) (monitor.Returned, error) {
	p.calls = append(p.calls, monitor.RoutineSearch)
	return p.search(ctx, call.Host)
}

func (p *fakeProgram) Update(ctx context.Context, call script.Call, issues []monitor.Data) (monitor.Returned, error) {
	p.calls = append(p.calls, monitor.RoutineUpdate)
	return p.update(ctx, call.Host, issues)
}

func (p *fakeProgram) IsSolved(ctx context.Context, call script.Call, data []monitor.Data) script.Answers {
	p.calls = append(p.calls, monitor.RoutineIsSolved)
	return p.isSolved(ctx, call.Host, data)
}

func (p *fakeProgram) React(ctx context.Context, call script.Call, event *monitor.EventRecord) error {
	return p.react(ctx, call.Host, event)
}

// returning is a search that returns the data.
func returning(data ...monitor.Data) func(context.Context, script.Host) (monitor.Returned, error) {
	return func(context.Context, script.Host) (monitor.Returned, error) { return entries(data...), nil }
}

func entries(data ...monitor.Data) monitor.Returned {
	var r monitor.Returned
	for _, d := range data {
		r.Entries = append(r.Entries, monitor.Entry{Data: d})
	}
	return r
}

// notSolved says of nothing that it is solved.
func notSolved(_ context.Context, _ script.Host, data []monitor.Data) script.Answers {
	return script.Answers{Solved: make([]bool, len(data))}
}

// waiting is an error that comes when ctx ends, as running code's is.
func waiting(ctx context.Context) error {
	<-ctx.Done()
	return &monitor.Failure{Kind: monitor.FailureTimeout, Message: "stopped", Position: "monitor.star:14:12"}
}

// fakeDatabases answers every query with the same rows.
type fakeDatabases struct {
	rows monitor.Rows
	err  error
}

func (d fakeDatabases) Query(context.Context, monitor.Query) (monitor.Rows, error) {
	return d.rows, d.err
}

func newRunner(t *testing.T, config run.Config) *run.Runner {
	t.Helper()
	return run.New(fakeDatabases{rows: monitor.Rows{`{"id":1}`}}, slog.New(slog.DiscardHandler), prometheus.NewRegistry(), config)
}

// snapshot has active issues with the model ids 1, 2, ..., each with its data.
func snapshot(data ...monitor.Data) *monitor.Snapshot {
	s := &monitor.Snapshot{Monitor: monitor.Monitor{ID: 1, Name: "orders"}, Variables: map[string]monitor.Data{}}
	for i, d := range data {
		id := int64(i + 1)
		s.Issues = append(s.Issues, monitor.Issue{
			ID: id, MonitorID: 1, ModelID: strconv.FormatInt(id, 10), Status: monitor.IssueActive, Data: d, CreatedAt: now.Add(-time.Hour),
		})
	}
	return s
}

const both = monitor.TaskSearch | monitor.TaskUpdate

func runBoth(t *testing.T, program *fakeProgram, loaded *monitor.Snapshot) run.Result {
	t.Helper()
	result, err := newRunner(t, run.Config{}).Run(t.Context(), program, loaded, both, now, 1)
	require.NoError(t, err)
	return result
}

// routine finds the report of a routine.
func routine(t *testing.T, result run.Result, name string) monitor.Routine {
	t.Helper()
	for _, report := range result.Outcome.Report.Routines {
		if report.Name == name {
			return report
		}
	}
	t.Fatalf("no report of %s", name)
	return monitor.Routine{}
}
