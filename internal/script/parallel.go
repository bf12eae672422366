package script

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// InParallel calls a function for each item, at most limit at a time, and gives
// the results in the items' order. What the function captures is frozen; items
// are copied, so that each call may change its own. The first item that fails, in
// their order, fails the whole; those after it are not begun any more.
func (s *Scope) InParallel(function starlark.Callable, items []starlark.Value, limit int) ([]starlark.Value, error) {
	if s.forked {
		return nil, fmt.Errorf("parallel() cannot be called inside of parallel()")
	}
	function.Freeze()
	if console := s.invocation.console; console != nil {
		console.freeze()
	}
	s.forks++
	f := &fork{
		parent:   s,
		function: function,
		items:    make([]starlark.Value, len(items)),
		results:  make([]starlark.Value, len(items)),
		errs:     make([]error, len(items)),
	}
	if err := f.copyItems(items); err != nil {
		return nil, err
	}
	defer f.forget()
	ctx := s.Context()
	var workers sync.WaitGroup
	for range min(limit, len(items)) {
		workers.Go(func() { f.work(ctx) })
	}
	workers.Wait()
	for _, err := range f.errs {
		if err != nil {
			return nil, err
		}
	}
	return f.results, nil
}

// fork is one call of parallel.
type fork struct {
	parent   *Scope
	function starlark.Callable
	items    []starlark.Value
	results  []starlark.Value
	errs     []error
	// next is the first item that nobody has begun.
	next   atomic.Int64
	failed atomic.Bool
	// taken is what the results take, each value counted once.
	mu    sync.Mutex
	taken *meter
}

// work takes items until there are no more.
func (f *fork) work(ctx context.Context) {
	for !f.failed.Load() {
		i := int(f.next.Add(1)) - 1
		if i >= len(f.items) {
			return
		}
		scope := f.parent.invocation.newScope(ctx, f.stream(i))
		scope.forked = true
		value, failure := scope.call(f.function, starlark.Tuple{f.items[i]})
		scope.invocation.memory.Add(-scope.gauge.measured)
		if failure == nil {
			failure = f.keep(scope, value)
		}
		if failure != nil {
			f.errs[i] = failure
			f.failed.Store(true)
			return
		}
		f.results[i] = value
	}
}

// stream lets each item draw random numbers of its own, the same ones whichever
// goroutine has it.
func (f *fork) stream(i int) uint64 {
	return streamOf(fmt.Sprintf("%d %d %d", f.parent.stream, f.parent.forks, i))
}

// keep counts a result, which no variable holds before all are there. The failure
// says that they are too large.
func (f *fork) keep(scope *Scope, value starlark.Value) *monitor.Failure {
	limit := scope.invocation.call.Limits.MaxMemory
	if limit <= 0 {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.taken == nil {
		f.taken = newMeter(limit + scope.invocation.given)
	}
	before := f.taken.total
	f.taken.add(value)
	if total := scope.invocation.memory.Add(f.taken.measure() - before); total > f.taken.limit {
		scope.haltMemory()
	}
	return scope.finish(nil)
}

// forget ends the counting of results: from then on they are values of the caller.
func (f *fork) forget() {
	if f.taken != nil {
		f.parent.invocation.memory.Add(-f.taken.total)
	}
}
