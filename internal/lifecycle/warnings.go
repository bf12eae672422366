package lifecycle

import "fmt"

// warningsPerKind is how many warnings of one kind are written out; of the rest,
// which may be 100,000, only the number is told.
const warningsPerKind = 20

// warnings collects what an execution's log is to say about entries and issues
// that were passed over.
type warnings struct {
	// subject is the part of the run that each warning begins with.
	subject string
	lines   []string
	kinds   []warningKind
}

type warningKind struct {
	// rest says what they are about, after a number.
	rest  string
	count int
}

// add notes a warning of a kind, which is named by what is said of the rest.
func (w *warnings) add(rest, format string, args ...any) {
	kind := w.kind(rest)
	if kind.count < warningsPerKind {
		w.lines = append(w.lines, w.subject+": "+fmt.Sprintf(format, args...))
	}
	kind.count++
}

func (w *warnings) kind(rest string) *warningKind {
	for i := range w.kinds {
		if w.kinds[i].rest == rest {
			return &w.kinds[i]
		}
	}
	w.kinds = append(w.kinds, warningKind{rest: rest})
	return &w.kinds[len(w.kinds)-1]
}

// all gives the warnings in order, then for each kind the number of the rest.
func (w *warnings) all() []string {
	lines := w.lines
	for _, kind := range w.kinds {
		if rest := kind.count - warningsPerKind; rest > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d more %s", w.subject, rest, kind.rest))
		}
	}
	return lines
}
