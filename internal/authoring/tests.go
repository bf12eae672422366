package authoring

import (
	"context"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/vedettehq/vedette/internal/app"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Suite is what became of the tests of one folder.
type Suite struct {
	Dir    string
	Result app.TestResult
}

// AllowUntested has a monitor without tests be one to warn of: where somebody
// named a folder of many.
func (s *Suite) AllowUntested() {
	if !s.Result.Untested {
		return
	}
	for i := range s.Result.Diagnostics {
		s.Result.Diagnostics[i].Severity = monitor.SeverityWarning
	}
}

// TestAll runs the tests of folders side by side, and gives what became of each
// as soon as it and those before it are done. It ends after the first error.
func TestAll(ctx context.Context, tool Tool, dirs []string, filter string) iter.Seq2[Suite, error] {
	return func(yield func(Suite, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		t := &testWork{tool: tool, dirs: dirs, filter: filter, done: make([]chan tested, len(dirs))}
		for i := range t.done {
			t.done[i] = make(chan tested, 1)
		}
		var workers sync.WaitGroup
		defer workers.Wait()
		defer cancel()
		for range min(runtime.GOMAXPROCS(0), len(dirs)) {
			workers.Go(func() { t.work(ctx) })
		}
		for i := range dirs {
			next := <-t.done[i]
			if !yield(next.suite, next.err) || next.err != nil {
				return
			}
		}
	}
}

// testWork is one call of [TestAll].
type testWork struct {
	tool   Tool
	dirs   []string
	filter string
	// next is the first folder that nobody has begun.
	next atomic.Int64
	done []chan tested
}

type tested struct {
	suite Suite
	err   error
}

// work takes folders until there are no more.
func (t *testWork) work(ctx context.Context) {
	for {
		i := int(t.next.Add(1)) - 1
		if i >= len(t.dirs) {
			return
		}
		result, err := t.tool.Test(ctx, t.dirs[i], t.filter)
		t.done[i] <- tested{Suite{t.dirs[i], result}, err}
	}
}
