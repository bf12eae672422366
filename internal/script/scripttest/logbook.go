package scripttest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// maxLogLines bounds the log of a test: nobody reads what is beyond.
const maxLogLines = 1000

// maxMessageBytes bounds a line of the log.
const maxMessageBytes = 8 << 10

// logbook is what was logged during one test. Its entries have no times: they
// would differ each time the test runs. It is safe for concurrent use.
type logbook struct {
	mu      sync.Mutex
	entries []monitor.LogEntry
	dropped bool
	// clean takes faked secrets out, as a run does with real ones.
	clean monitor.Redactor
}

func (l *logbook) add(level monitor.LogLevel, message string, fields monitor.Data) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case len(l.entries) < maxLogLines:
		message = cut(l.clean.Text(message), maxMessageBytes)
		l.entries = append(l.entries, monitor.LogEntry{Level: level, Message: message, Fields: l.clean.Data(fields)})
	case !l.dropped:
		l.dropped = true
		l.entries = append(l.entries, monitor.LogEntry{Level: monitor.LogWarning, Message: "the log is full: the rest was dropped"})
	}
}

func (l *logbook) redact(clean monitor.Redactor) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.clean = clean
}

// take notes what a run has logged.
func (l *logbook) take(entries []monitor.LogEntry) {
	for _, entry := range entries {
		l.add(entry.Level, entry.Message, entry.Fields)
	}
}

func (l *logbook) failure(function string, failure *monitor.Failure) {
	message := function + "() failed: " + failure.Error()
	if failure.Traceback != "" {
		message += "\n" + strings.TrimSuffix(failure.Traceback, "\n")
	}
	l.add(monitor.LogError, message, "")
}

// lines are the entries so far.
func (l *logbook) lines() []monitor.LogEntry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// logging is a program whose reactions log to a logbook: their runner gives it to
// the process's log only.
type logging struct {
	*script.Program
	log *logbook
}

// React reacts, with a host that notes the log.
func (p logging) React(ctx context.Context, call script.Call, event *monitor.EventRecord) error {
	call.Host = loggingHost{call.Host, p.log}
	return p.Program.React(ctx, call, event)
}

// loggingHost is a host that logs to a logbook.
type loggingHost struct {
	script.Host
	log *logbook
}

// Log notes the line.
func (h loggingHost) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	h.log.add(level, message, fields)
}
