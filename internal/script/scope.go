package script

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Scope is what a builtin sees of the call that it is made in.
type Scope struct {
	invocation *invocation
	thread     *starlark.Thread
	stream     uint64
	random     *rand.Rand
	// forks counts the calls of parallel; forked is set inside of one.
	forks  uint64
	forked bool
	// ended says why the call's time is over, if it is; nil where no time is set.
	ended func() *monitor.Failure
	gauge gauge
	// kept is the size of what the host keeps, by name, and keptBytes in all.
	kept      map[string]int
	keptBytes int64
}

// Context bounds the call in time. Only builtins that are not allowed at the top
// level may ask for it.
func (s *Scope) Context() context.Context {
	return s.thread.Local(contextKey).(context.Context)
}

// Host is the world. Only builtins that are not allowed at the top level may ask
// for it.
func (s *Scope) Host() Host { return s.invocation.call.Host }

// Now is the run's fixed time.
func (s *Scope) Now() time.Time {
	if simulation, ok := s.Host().(Simulation); ok {
		return simulation.Now().UTC()
	}
	return s.invocation.call.Now.UTC()
}

// Random is seeded by the run, so that the same run draws the same numbers.
func (s *Scope) Random() *rand.Rand {
	if s.random == nil {
		s.random = rand.New(rand.NewPCG(s.invocation.call.Seed, s.stream))
	}
	return s.random
}

// Parallel tells whether this is one of several calls that parallel makes.
func (s *Scope) Parallel() bool { return s.forked }

// File gives the text of a file of the monitor's folder.
func (s *Scope) File(name string) (string, bool) {
	text, ok := s.invocation.program.files[name]
	return text, ok && !isShared(name)
}

// FileNames lists the files of the monitor's folder.
func (s *Scope) FileNames() []string {
	return folderFiles(s.invocation.program.files)
}

// Setting gives a value of the configuration that is meant for monitors.
func (s *Scope) Setting(name string) (monitor.Data, bool) {
	if simulation, ok := s.Host().(Simulation); ok {
		return simulation.Setting(name)
	}
	value, ok := s.invocation.program.compiler.settings[name]
	return value, ok
}

// SettingNames lists the settings there are.
func (s *Scope) SettingNames() []string {
	return slices.Sorted(maps.Keys(s.invocation.program.compiler.settings))
}

// DoubtName gives what is to be said of a name that the configuration does not have;
// nil if it has it, or is not known. What it names is called kind: "receiver".
func (s *Scope) DoubtName(code monitor.DiagnosticCode, kind, name string) *Doubt {
	known := s.invocation.program.compiler.names[code]
	if known == nil || slices.Contains(known, name) {
		return nil
	}
	hint := DidYouMean(name, known)
	switch {
	case len(known) == 0:
		hint = ": the configuration has none"
	case hint == "" && len(known) <= maxNamesShown:
		hint = ": there is " + strings.Join(known, ", ")
	}
	return &Doubt{Code: code, Message: fmt.Sprintf("unknown %s %q%s", kind, name, hint)}
}

// maxNamesShown is how many names are listed when none resembles another.
const maxNamesShown = 10

// Call calls a function of the monitor's code, or another builtin.
func (s *Scope) Call(function starlark.Callable, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return starlark.Call(s.thread, function, args, kwargs)
}

// Log writes a line of the execution's log.
func (s *Scope) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	s.Host().Log(level, message, fields)
}

// Encode gives a value's stored form of at most maxBytes (R08), and how many
// characters had to be replaced. The error says what in it has none.
func (s *Scope) Encode(value starlark.Value, maxBytes int) (data monitor.Data, replaced int, err error) {
	e := encoder{maxBytes: maxBytes, maxNesting: s.maxNesting()}
	data, err = e.encode(value)
	if errors.Is(err, errTooLarge) {
		err = fmt.Errorf("over %s in stored form", bytesText(int64(maxBytes)))
	}
	return data, e.replaced, err
}

// Decode makes Starlark values of many JSON texts of one kind.
func (s *Scope) Decode(texts ...monitor.Data) ([]starlark.Value, error) {
	decoder := &decoder{limit: s.invocation.call.Limits.MaxMemory}
	values := make([]starlark.Value, len(texts))
	for i, text := range texts {
		var err error
		values[i], err = decoder.decode(string(text))
		if errors.Is(err, errTooLarge) {
			return nil, s.limit("data that takes more than the memory limit of %s", bytesText(decoder.limit))
		}
		if err != nil {
			return nil, err
		}
	}
	return values, nil
}

// Show gives the text that print shows of a value.
func (s *Scope) Show(value starlark.Value) (string, error) {
	if text, ok := starlark.AsString(value); ok {
		return text, nil
	}
	if _, err := shownSize(s, value); err != nil {
		return "", err
	}
	return value.String(), nil
}

func (s *Scope) maxNesting() int {
	if limit := s.invocation.call.Limits.MaxNesting; limit > 0 {
		return limit
	}
	return maxEncodedNesting
}

// Stopped tells whether the call has been ended by something its code cannot catch.
func (s *Scope) Stopped() bool { return s.invocation.stopped.Load() != nil }
