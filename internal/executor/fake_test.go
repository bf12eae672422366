package executor_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/store"
)

var (
	errAway   = monitor.Errorf(monitor.CodeUnavailable, "the database is away")
	errFenced = monitor.Errorf(monitor.CodeFenced, "not yours")
)

// fakeStore is what a store does for executors, as far as they can see. Its
// fields may be set before use; while an executor runs, inside with.
type fakeStore struct {
	mu sync.Mutex
	// executors has the end of each lease; registered all that there ever were.
	executors  map[string]time.Time
	registered []string
	executions map[int64]*fakeExecution
	// away fails every call; fail, if set, those that it gives an error for.
	away bool
	fail func(call string) error
	// calls counts calls by name.
	calls      map[string]int
	deliveries []monitor.Delivery
	settled    []int64
	variables  map[string]monitor.Data
	issues     []monitor.Issue
}

// fakeExecution is an execution of the monitor whose version is its own id.
type fakeExecution struct {
	status   monitor.ExecutionStatus
	fence    monitor.Fence
	tasks    monitor.Tasks
	queuedAt time.Time
	report   monitor.Report
	plan     monitor.Plan
	commits  int
}

func newFakeStore() *fakeStore {
	return &fakeStore{
		executors:  map[string]time.Time{},
		executions: map[int64]*fakeExecution{},
		calls:      map[string]int{},
		variables:  map[string]monitor.Data{},
	}
}

func (s *fakeStore) with(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// queue adds queued executions.
func (s *fakeStore) queue(ids ...int64) {
	s.with(func() {
		for _, id := range ids {
			s.executions[id] = &fakeExecution{
				status: monitor.ExecutionQueued, tasks: monitor.TaskSearch | monitor.TaskUpdate, queuedAt: time.Now(),
			}
		}
	})
}

// status tells where an execution is.
func (s *fakeStore) status(id int64) (status monitor.ExecutionStatus) {
	s.with(func() { status = s.executions[id].status })
	return status
}

func (s *fakeStore) report(id int64) (report monitor.Report) {
	s.with(func() { report = s.executions[id].report })
	return report
}

func (s *fakeStore) count(call string) (count int) {
	s.with(func() { count = s.calls[call] })
	return count
}

// begin locks the store for a call, or fails the call.
func (s *fakeStore) begin(ctx context.Context, call string) (unlock func(), err error) {
	s.mu.Lock()
	s.calls[call]++
	switch {
	case ctx.Err() != nil:
		err = context.Cause(ctx)
	case s.away:
		err = errAway
	case s.fail != nil:
		err = s.fail(call)
	}
	if err != nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("%s: %w", call, err)
	}
	return s.mu.Unlock, nil
}

func (s *fakeStore) Now() time.Time { return time.Now() }

func (s *fakeStore) Sync(ctx context.Context) (time.Duration, error) {
	unlock, err := s.begin(ctx, "sync")
	if err != nil {
		return 0, err
	}
	defer unlock()
	return 0, nil
}

func (s *fakeStore) RegisterExecutor(ctx context.Context, id string, _, until time.Time) error {
	unlock, err := s.begin(ctx, "register")
	if err != nil {
		return err
	}
	defer unlock()
	s.executors[id] = until
	s.registered = append(s.registered, id)
	return nil
}

func (s *fakeStore) RenewExecutor(ctx context.Context, id string, now, until time.Time) error {
	unlock, err := s.begin(ctx, "renew")
	if err != nil {
		return err
	}
	defer unlock()
	if !s.executors[id].After(now) {
		return errFenced
	}
	s.executors[id] = until
	return nil
}

func (s *fakeStore) RemoveExecutor(ctx context.Context, id string) error {
	unlock, err := s.begin(ctx, "remove")
	if err != nil {
		return err
	}
	defer unlock()
	delete(s.executors, id)
	return nil
}

func (s *fakeStore) AcquireLease(context.Context, string, string, time.Time, time.Time) (bool, error) {
	return false, nil
}
func (s *fakeStore) ReleaseLease(context.Context, string, string) error { return nil }

func (s *fakeStore) Take(ctx context.Context, executor string, hint int64, now time.Time) (*store.Taken, error) {
	unlock, err := s.begin(ctx, "take")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if !s.executors[executor].After(now) {
		return nil, errFenced
	}
	id := s.next(hint)
	if id == 0 {
		return nil, nil
	}
	x := s.executions[id]
	x.status = monitor.ExecutionRunning
	x.fence = monitor.Fence{ExecutionID: id, MonitorID: id, ExecutorID: executor, Token: fmt.Sprint("token ", s.calls["take"])}
	return &store.Taken{
		Fence:       x.fence,
		Execution:   monitor.Execution{ID: id, MonitorID: id, VersionID: id, Tasks: x.tasks, Status: x.status, QueuedAt: x.queuedAt},
		MonitorName: fmt.Sprint("monitor_", id),
		VersionID:   id,
	}, nil
}

// next is what is hinted at if it is queued, else the oldest that is, or 0.
func (s *fakeStore) next(hint int64) int64 {
	if x := s.executions[hint]; x != nil && x.status == monitor.ExecutionQueued {
		return hint
	}
	var queued []int64
	for id, x := range s.executions {
		if x.status == monitor.ExecutionQueued {
			queued = append(queued, id)
		}
	}
	if len(queued) == 0 {
		return 0
	}
	return slices.Min(queued)
}

func (s *fakeStore) Load(ctx context.Context, fence monitor.Fence) (monitor.Snapshot, error) {
	unlock, err := s.begin(ctx, "load")
	if err != nil {
		return monitor.Snapshot{}, err
	}
	defer unlock()
	return s.snapshot(fence), nil
}

func (s *fakeStore) snapshot(fence monitor.Fence) monitor.Snapshot {
	return monitor.Snapshot{
		Monitor:   monitor.Monitor{ID: fence.MonitorID, Name: fmt.Sprint("monitor_", fence.MonitorID), Enabled: true},
		Issues:    slices.Clone(s.issues),
		Variables: s.variables,
	}
}

func (s *fakeStore) Commit(ctx context.Context, fence monitor.Fence, _ monitor.Snapshot, _ []string, _ time.Time, decide func(monitor.Snapshot) monitor.Plan) (monitor.Plan, error) {
	unlock, err := s.begin(ctx, "commit")
	if err != nil {
		return monitor.Plan{}, err
	}
	defer unlock()
	x, err := s.fenced(fence)
	if err != nil {
		return monitor.Plan{}, err
	}
	plan := decide(s.snapshot(fence))
	x.status, x.report, x.plan = plan.Execution.Status, plan.Execution.Report, plan
	x.commits++
	if s.fail != nil {
		// A connection that breaks now leaves the commit behind.
		err = s.fail("committed")
	}
	return plan, err
}

func (s *fakeStore) fenced(fence monitor.Fence) (*fakeExecution, error) {
	x := s.executions[fence.ExecutionID]
	if x.fence != fence || x.status != monitor.ExecutionRunning {
		return nil, errFenced
	}
	return x, nil
}

func (s *fakeStore) Ended(ctx context.Context, fence monitor.Fence) (bool, error) {
	unlock, err := s.begin(ctx, "ended")
	if err != nil {
		return false, err
	}
	defer unlock()
	x := s.executions[fence.ExecutionID]
	return x.fence == fence && x.status != monitor.ExecutionRunning, nil
}

func (s *fakeStore) Fail(ctx context.Context, fence monitor.Fence, report monitor.Report, _ time.Time) error {
	unlock, err := s.begin(ctx, "fail")
	if err != nil {
		return err
	}
	defer unlock()
	x, err := s.fenced(fence)
	if err != nil {
		return err
	}
	x.status, x.report = monitor.ExecutionFailed, report
	return nil
}

func (s *fakeStore) HandBack(ctx context.Context, fences []monitor.Fence) error {
	unlock, err := s.begin(ctx, "hand back")
	if err != nil {
		return err
	}
	defer unlock()
	for _, fence := range fences {
		if x, err := s.fenced(fence); err == nil {
			x.status, x.fence = monitor.ExecutionQueued, monitor.Fence{}
		}
	}
	return nil
}

func (s *fakeStore) TakeDeliveries(ctx context.Context, _ string, except []int64, limit int, _ time.Time) ([]monitor.Delivery, error) {
	unlock, err := s.begin(ctx, "take deliveries")
	if err != nil {
		return nil, err
	}
	defer unlock()
	if len(s.deliveries) == 0 || slices.Contains(except, s.deliveries[0].Event.MonitorID) {
		return nil, nil
	}
	count := min(limit, len(s.deliveries))
	taken := s.deliveries[:count]
	s.deliveries = s.deliveries[count:]
	return taken, nil
}

func (s *fakeStore) SettleDelivery(ctx context.Context, id int64, _, _ string, _, _ time.Time) error {
	unlock, err := s.begin(ctx, "settle")
	if err != nil {
		return err
	}
	defer unlock()
	s.settled = append(s.settled, id)
	return nil
}

// fakeCatalog has a program for each version, or an error.
type fakeCatalog struct {
	programs map[int64]*script.Program
	errs     map[int64]error
}

func (c *fakeCatalog) Get(_ context.Context, versionID int64) (*script.Program, error) {
	if err := c.errs[versionID]; err != nil {
		return nil, err
	}
	return c.programs[versionID], nil
}

// fakeDatabases answer "block" when ctx ends or release is closed, and everything
// else with one row.
type fakeDatabases struct{ release chan struct{} }

func (d *fakeDatabases) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	if q.SQL != "block" {
		return monitor.Rows{`{"id":1,"done":false}`}, nil
	}
	select {
	case <-ctx.Done():
		return nil, &monitor.Failure{Kind: monitor.FailureTimeout, Message: "stopped"}
	case <-d.release:
		return monitor.Rows{}, nil
	}
}
