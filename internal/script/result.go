package script

import (
	"errors"
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/vedettehq/vedette/internal/monitor"
)

// MaxEntryBytes is the most that one returned entry may have in stored form (R09).
const MaxEntryBytes = 256 << 10

// returned brings what a routine returned to stored form. Only as a whole can it
// be a failure (R11); what is wrong with a single entry is said in its place.
func (s *Scope) returned(routine string, value starlark.Value) (monitor.Returned, *monitor.Failure) {
	if value == starlark.None {
		return monitor.Returned{Nothing: true}, nil
	}
	list, ok := value.(*starlark.List)
	if !ok {
		return monitor.Returned{}, &monitor.Failure{
			Kind:    monitor.FailureResult,
			Message: fmt.Sprintf("%s() must return a list of dicts or None, not %s", routine, Describe(value)),
		}
	}
	limits := s.invocation.call.Limits
	if limits.MaxEntries > 0 && list.Len() > limits.MaxEntries {
		return monitor.Returned{}, &monitor.Failure{
			Kind:    monitor.FailureLimit,
			Message: fmt.Sprintf("%s() returned %d entries: at most %d are allowed", routine, list.Len(), limits.MaxEntries),
		}
	}
	r := &resultEncoder{encoder: encoder{maxBytes: MaxEntryBytes, maxNesting: s.maxNesting()}}
	entries := make([]monitor.Entry, list.Len())
	for i := range entries {
		entries[i] = r.entry(list.Index(i))
		if limits.MaxMemory > 0 && r.bytes > limits.MaxMemory {
			return monitor.Returned{}, &monitor.Failure{
				Kind:    monitor.FailureLimit,
				Message: fmt.Sprintf("%s() returned more than %s", routine, bytesText(limits.MaxMemory)),
			}
		}
	}
	if r.replacedIn > 0 {
		s.Log(monitor.LogWarning, fmt.Sprintf("%s() returned text with U+0000 or invalid UTF-8: replaced by U+FFFD in %s",
			routine, countEntries(r.replacedIn)), "")
	}
	s.inspect()
	if stopped := s.invocation.stopped.Load(); stopped != nil {
		return monitor.Returned{}, stopped
	}
	return monitor.Returned{Entries: entries}, nil
}

func countEntries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// resultEncoder encodes entries one after the other.
type resultEncoder struct {
	encoder encoder
	// bytes is what all entries have so far.
	bytes int64
	// replacedIn counts the entries in which characters were replaced.
	replacedIn int
}

func (r *resultEncoder) entry(value starlark.Value) monitor.Entry {
	switch value.(type) {
	case *starlark.Dict, *starlarkstruct.Struct:
	default:
		return monitor.Entry{Problem: "it is " + Describe(value) + ", not a dict"}
	}
	r.encoder.replaced = 0
	data, err := r.encoder.encode(value)
	if errors.Is(err, errTooLarge) {
		return monitor.Entry{Problem: "it is over " + bytesText(MaxEntryBytes)}
	}
	if err != nil {
		return monitor.Entry{Problem: err.Error()}
	}
	if r.encoder.replaced > 0 {
		r.replacedIn++
	}
	r.bytes += int64(len(data))
	return monitor.Entry{Data: data}
}
