package script

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"go.starlark.net/starlark"
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
	for i, item := range items {
		f.items[i] = ownCopy(item, 0)
	}
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

// ownCopy copies what can be changed, and freezes what cannot be copied. It gives
// up on what is nested too deeply, which is frozen instead.
func ownCopy(value starlark.Value, depth int) starlark.Value {
	if depth > maxEncodedNesting {
		value.Freeze()
		return value
	}
	switch value := value.(type) {
	case *starlark.List:
		elements := make([]starlark.Value, value.Len())
		for i := range elements {
			elements[i] = ownCopy(value.Index(i), depth+1)
		}
		return starlark.NewList(elements)
	case starlark.Tuple:
		elements := make(starlark.Tuple, len(value))
		for i, element := range value {
			elements[i] = ownCopy(element, depth+1)
		}
		return elements
	case *starlark.Dict:
		dict := starlark.NewDict(value.Len())
		for key, element := range value.Entries() {
			// A key that is in one dict can be put into another.
			_ = dict.SetKey(key, ownCopy(element, depth+1))
		}
		return dict
	}
	value.Freeze()
	return value
}
