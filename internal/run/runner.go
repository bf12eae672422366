package run

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// Program is a monitor's code; *script.Program is one.
type Program interface {
	Declaration() monitor.Declaration
	Search(ctx context.Context, call script.Call) (monitor.Returned, error)
	Update(ctx context.Context, call script.Call, issues []monitor.Data) (monitor.Returned, error)
	IsSolved(ctx context.Context, call script.Call, data []monitor.Data) script.Answers
	React(ctx context.Context, call script.Call, event *monitor.EventRecord) error
}

// Config bounds what code may use.
type Config struct {
	// RoutineTimeout bounds each routine of a monitor that names no
	// execution_timeout (R06). Default: 60s.
	RoutineTimeout time.Duration
	// ReactionTimeout bounds each reaction (R81). Default: 5s.
	ReactionTimeout time.Duration
	// MaxLogLines bounds the log of one execution. Default: 1,000.
	MaxLogLines int
	// LogQueries logs how long each query took.
	LogQueries bool
	// SampleQueries keeps the beginning of what each query returned.
	SampleQueries bool
	// Script bounds each call.
	Script script.Limits
	// Plan bounds what a run may change.
	Plan lifecycle.Limits
}

// Runner runs monitors. It is safe for concurrent use.
type Runner struct {
	outside Outside
	logger  *slog.Logger
	metrics *metrics
	config  Config
}

// New makes a runner of code that can query these databases. If they are a [Caller]
// or a [SecretHolder] as well, as [Outside] is, it can also make HTTP calls and
// read secrets; else there are none. A nil registerer leaves its metrics unseen.
func New(databases Querier, logger *slog.Logger, registerer prometheus.Registerer, config Config) *Runner {
	if config.RoutineTimeout <= 0 {
		config.RoutineTimeout = time.Minute
	}
	if config.ReactionTimeout <= 0 {
		config.ReactionTimeout = 5 * time.Second
	}
	if config.MaxLogLines <= 0 {
		config.MaxLogLines = 1000
	}
	return &Runner{outside: outsideOf(databases), logger: logger, metrics: newMetrics(registerer), config: config}
}

// Result is what the code of one run said, and what it cost to ask.
type Result struct {
	Outcome monitor.Outcome
	// Queries are the first thousand queries, in the order in which they ended.
	Queries []QueryTiming
	// QueryCount is how many queries there were.
	QueryCount int
	// Calls are the first thousand HTTP calls, in the order in which they ended.
	Calls []CallTiming
	// CallCount is how many HTTP calls there were.
	CallCount int
}

// ModelIDs are those of everything that the search found: a commit needs to know
// which of them were issues before.
func (r *Result) ModelIDs() []string {
	if r.Outcome.Search == nil {
		return nil
	}
	ids := make([]string, len(r.Outcome.Search.Found))
	for i, found := range r.Outcome.Search.Found {
		ids[i] = found.ModelID
	}
	return ids
}

// Run calls what the tasks ask for on what is loaded (R01): update, then search,
// then is_solved for everything that became of them. A routine that fails fails
// for itself: the outcome says so (R06). The error is ctx's cause, if ctx ended
// before all was said; then the result is not to be used.
//
// now is the run's fixed time; executions of different seeds draw different
// random numbers.
func (r *Runner) Run(ctx context.Context, program Program, loaded *monitor.Snapshot, tasks monitor.Tasks, now time.Time, seed uint64) (Result, error) {
	s := r.begin(program, loaded, now, seed)
	declaration := &s.declaration

	searching := tasks.Has(monitor.TaskSearch) && declaration.HasSearch
	updating := tasks.Has(monitor.TaskUpdate) && len(loaded.Issues) > 0 // R10

	if updating && declaration.HasUpdate {
		s.update(ctx)
	}
	updateIsSearch := updating && declaration.UpdateIsSearch()
	if searching || updateIsSearch {
		s.search(ctx, searching, updateIsSearch)
	}
	s.askIfSolved(ctx)
	return s.result(), context.Cause(ctx)
}

// Plan decides what a run changes, given what is stored by now (R01). It is pure.
func (r *Runner) Plan(program Program, result *Result, stored monitor.Snapshot, now time.Time) monitor.Plan {
	declaration := program.Declaration()
	return lifecycle.Plan(&declaration, &result.Outcome, stored, r.config.Plan, now)
}
