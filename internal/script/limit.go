package script

import (
	"fmt"
	"math"
	"runtime/metrics"
	"time"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	// maxCalls is how deep calls may be nested: as in Python.
	maxCalls = 1000
	// patience is the time between two looks at the clock's bounds and the heap.
	patience = 250 * time.Microsecond
	// calmSteps and tenseSteps are the steps between two looks at the clock. A value
	// that doubles takes about six steps to do so, hence it is looked at closely as
	// soon as the heap has grown by a part of what is allowed.
	calmSteps  = 16
	tenseSteps = 6
	// alarmedSteps are for a call that has made a large value in one step: a second
	// step may double it.
	alarmedSteps = 1
	// largePart is the part of the memory limit from which a value is large.
	largePart = 8
	// measuringPause is how many times longer than measuring took there is none,
	// unless the heap has grown much meanwhile.
	measuringPause = 20
)

// heapMetric is the memory in use by objects, including those that are dead but
// not collected: it is at most twice of what is in use.
const heapMetric = "/memory/classes/heap/objects:bytes"

// gauge is what one thread knows of its own use of steps and memory.
type gauge struct {
	interval uint64
	// alarmed is set once a large value was made in one step, and again while the
	// next step has to be looked at: until then no variable holds what a step made.
	alarmed, again bool
	// counted are the steps already reported.
	counted uint64
	// started is when times are counted from: reading the time since then costs half
	// of reading the time.
	started time.Time
	next    time.Duration
	sample  [1]metrics.Sample
	// base is the least heap seen during the call, and low the least since the values
	// were measured.
	base, low uint64
	// measured is what the values took then.
	measured    int64
	nextMeasure time.Duration
	// held are values that only the interpreter refers to, the innermost last: what
	// loops go through, and the keys that a list is being sorted by.
	held []starlark.Value
}

// watch arms the interpreter to look at the limits every few steps, in the
// thread itself: so it needs no goroutine beside it, and looks at the thread's
// values while they stand still.
func (s *Scope) watch() {
	s.gauge.interval = calmSteps
	s.gauge.started = time.Now()
	s.gauge.sample[0].Name = heapMetric
	s.gauge.base = s.heap()
	s.gauge.low = s.gauge.base
	s.thread.OnMaxSteps = func(*starlark.Thread) { s.tick() }
	s.thread.SetMaxExecutionSteps(calmSteps)
}

func (s *Scope) heap() uint64 {
	metrics.Read(s.gauge.sample[:])
	return s.gauge.sample[0].Value.Uint64()
}

// tick is called between two steps.
func (s *Scope) tick() {
	s.countSteps()
	if s.thread.CallStackDepth() > maxCalls {
		s.halt("calls are nested deeper than %d: does a function call itself without end?", maxCalls)
	}
	if elapsed := time.Since(s.gauge.started); elapsed > s.gauge.next {
		s.inspectAt(elapsed)
	}
	if stopped := s.invocation.stopped.Load(); stopped != nil {
		s.thread.Cancel(stopped.Message)
	}
	s.thread.SetMaxExecutionSteps(s.thread.Steps + s.gauge.interval)
}

func (s *Scope) countSteps() {
	used := s.invocation.steps.Add(s.thread.Steps - s.gauge.counted)
	s.gauge.counted = s.thread.Steps
	if most := s.invocation.call.Limits.MaxSteps; most > 0 && used > most {
		s.halt("more than %d computation steps", most)
	}
}

// inspect looks at what else may end the call: also before the first and after
// the last step, since a single one can take long.
func (s *Scope) inspect() { s.inspectAt(time.Since(s.gauge.started)) }

func (s *Scope) inspectAt(elapsed time.Duration) {
	s.gauge.next = elapsed + patience
	if s.ended != nil {
		if failure := s.ended(); failure != nil {
			s.invocation.stop(failure)
		}
	}
	if s.invocation.call.Limits.MaxMemory > 0 {
		s.inspectMemory(elapsed)
	}
}

// inspectMemory stops a call that holds too much. The heap belongs to the whole
// process, so its growth, like a large value, only raises suspicion; then each call
// measures what its own variables hold, and only who is over the limit is ended.
func (s *Scope) inspectMemory(elapsed time.Duration) {
	limit := s.invocation.call.Limits.MaxMemory
	heap := s.heap()
	s.gauge.base, s.gauge.low = min(s.gauge.base, heap), min(s.gauge.low, heap)
	grown := int64(heap - s.gauge.base)
	switch {
	case s.gauge.alarmed:
		s.gauge.interval = alarmedSteps
	case grown > limit/largePart:
		s.gauge.interval = tenseSteps
	default:
		s.gauge.interval = calmSteps
	}
	suspect := grown >= limit || s.gauge.alarmed
	due := elapsed >= s.gauge.nextMeasure || int64(heap-s.gauge.low) >= limit/4 || s.gauge.again
	if !suspect || !due {
		return
	}
	allowed := limit + s.invocation.given
	size := measureFrames(s.thread, append(s.defined(), s.gauge.held...), allowed)
	took := time.Since(s.gauge.started) - elapsed
	s.gauge.nextMeasure = elapsed + measuringPause*took
	s.gauge.low = heap
	if s.gauge.again = s.gauge.alarmed && !s.gauge.again; s.gauge.again {
		s.gauge.next = elapsed
	}
	total := s.invocation.memory.Add(size - s.gauge.measured)
	s.gauge.measured = size
	if total > allowed {
		s.haltMemory()
	}
}

// haltMemory ends the call because its values take too much.
func (s *Scope) haltMemory() {
	s.halt("the code holds more than %s of memory", bytesText(s.invocation.call.Limits.MaxMemory))
}

// defined are values that belong to the call beside its variables: those of a
// console, counted once.
func (s *Scope) defined() []starlark.Value {
	if s.invocation.console == nil || s.forked {
		return nil
	}
	return s.invocation.console.held()
}

// Stop ends the call for a reason that its code cannot catch, and gives it as an
// error.
func (s *Scope) Stop(kind monitor.FailureKind, format string, args ...any) error {
	failure := &monitor.Failure{Kind: kind, Message: fmt.Sprintf(format, args...)}
	s.invocation.stop(failure)
	s.thread.Cancel(failure.Message)
	return failure
}

// limit ends the call because a builtin would pass a limit.
func (s *Scope) limit(format string, args ...any) error {
	return s.Stop(monitor.FailureLimit, format, args...)
}

// halt ends the call, between two steps, because it has passed a limit.
func (s *Scope) halt(format string, args ...any) {
	failure := &monitor.Failure{Kind: monitor.FailureLimit, Message: fmt.Sprintf(format, args...)}
	s.invocation.stop(failure)
}

// Reserve refuses what would allocate more than the memory limit in one step: it
// is to be asked before. After something large the call is looked at more closely.
func (s *Scope) Reserve(bytes int64) error {
	limit := s.invocation.call.Limits.MaxMemory
	if limit <= 0 {
		return nil
	}
	if bytes > limit {
		return s.limit("a value of %s is over the memory limit of %s", bytesText(bytes), bytesText(limit))
	}
	if bytes > limit/largePart && !s.gauge.alarmed {
		s.gauge.alarmed = true
		s.gauge.next = 0
		s.thread.SetMaxExecutionSteps(s.thread.Steps + alarmedSteps)
	}
	return nil
}

// Keep counts what the host keeps under a name until the call has ended, and
// refuses what would be more than the memory limit in all.
func (s *Scope) Keep(name string, bytes int) error {
	limit := s.invocation.call.Limits.MaxMemory
	if limit <= 0 {
		return nil
	}
	if s.kept == nil {
		s.kept = map[string]int{}
	}
	s.keptBytes += int64(bytes - s.kept[name])
	s.kept[name] = bytes
	if s.keptBytes > limit {
		return s.limit("variables of more than the memory limit of %s", bytesText(limit))
	}
	return nil
}

// Room is how many values fit that take so many bytes each. It is for what cannot
// be counted before it is made; one more than fits is for Reserve to refuse.
func (s *Scope) Room(bytesForEach int64) int {
	limit := s.invocation.call.Limits.MaxMemory
	if limit <= 0 {
		return math.MaxInt - 1
	}
	return int(limit / bytesForEach)
}

// bytesText writes a number of bytes for people.
func bytesText(n int64) string {
	for _, unit := range []struct {
		name string
		size int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= unit.size {
			whole, tenths := n/unit.size, n%unit.size*10/unit.size
			if tenths == 0 {
				return fmt.Sprintf("%d %s", whole, unit.name)
			}
			return fmt.Sprintf("%d.%d %s", whole, tenths, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
