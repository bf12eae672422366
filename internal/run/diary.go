package run

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

const (
	maxMessageBytes = 8 << 10
	// maxLogBytes bounds the log of a run in all.
	maxLogBytes = 1 << 20
	// maxStatementBytes is how much of a statement is noted: code can make up long
	// ones, and send many.
	maxStatementBytes = 64 << 10
	maxFieldsBytes    = 16 << 10
	maxQueriesNoted   = 1000
	maxCallsNoted     = 1000
)

// diary is what is noted while code runs: its log, which also goes to the
// process's, its queries and its HTTP calls; all without the secrets that the code
// was told. It is safe for concurrent use.
type diary struct {
	runner  *Runner
	monitor string
	// now is the run's time, at started: entries are dated by what passed since.
	now     time.Time
	started time.Time
	secrets revealed

	mu      sync.Mutex
	entries []monitor.LogEntry
	// bytes is what the entries have in all.
	bytes   int
	dropped int
	// queries are the first ones of queryCount.
	queries    []QueryTiming
	queryCount int
	// sampled is how many bytes of their results are kept.
	sampled int
	// calls are the first ones of callCount.
	calls     []CallTiming
	callCount int
}

func newDiary(r *Runner, monitorName string, now time.Time) *diary {
	return &diary{runner: r, monitor: monitorName, now: now, started: time.Now()}
}

// log notes a line that code wrote. Lines over the limit are counted only.
func (d *diary) log(level monitor.LogLevel, message string, fields monitor.Data) {
	clean := d.secrets.redactor()
	message, fields = clean.Text(message), clean.Data(fields)
	message = cut(message, maxMessageBytes)
	if len(fields) > maxFieldsBytes {
		message += fmt.Sprintf(" (%d bytes of fields cut)", len(fields))
		fields = ""
	}
	if d.add(level, message, fields) {
		d.tell(level)("monitor log", slog.String("monitor", d.monitor),
			slog.String("text", message), slog.String("fields", string(fields)))
	}
}

// cut shortens text that is noted. What is left is a copy: the rest is not kept.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "... (cut)"
}

// notedFailure is a failure as it is noted and stored: without secrets, and not as
// long as code or a database can make it.
func notedFailure(clean monitor.Redactor, failure *monitor.Failure) *monitor.Failure {
	failure = clean.Failure(failure)
	if failure == nil || len(failure.Message) <= maxMessageBytes {
		return failure
	}
	short := *failure
	short.Message = cut(failure.Message, maxMessageBytes)
	return &short
}

// tell gives the method that writes to the process's log at a level.
func (d *diary) tell(level monitor.LogLevel) func(string, ...any) {
	switch level {
	case monitor.LogDebug:
		return d.runner.logger.Debug
	case monitor.LogWarning:
		return d.runner.logger.Warn
	case monitor.LogError:
		return d.runner.logger.Error
	default:
		return d.runner.logger.Info
	}
}

func (d *diary) add(level monitor.LogLevel, message string, fields monitor.Data) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bytes += len(message) + len(fields)
	if len(d.entries) >= d.runner.config.MaxLogLines || d.bytes > maxLogBytes {
		d.dropped++
		return false
	}
	d.entries = append(d.entries, monitor.LogEntry{At: d.time(), Level: level, Message: message, Fields: fields})
	return true
}

// warn notes what was wrong with returned entries. It is not for the process's
// log: it concerns whoever looks at the execution.
func (d *diary) warn(warnings []string) {
	for _, warning := range warnings {
		d.add(monitor.LogWarning, warning, "")
	}
}

// lines is the whole log, with a last line that says how much of it is missing.
func (d *diary) lines() []monitor.LogEntry {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dropped == 0 {
		return d.entries
	}
	return append(d.entries, monitor.LogEntry{
		At:      d.time(),
		Level:   monitor.LogWarning,
		Message: fmt.Sprintf("the log is full: %d more lines were dropped", d.dropped),
	})
}

func (d *diary) query(ctx context.Context, rows monitor.Rows, timing QueryTiming) {
	clean := d.secrets.redactor()
	timing.SQL, timing.Err = cut(clean.Text(timing.SQL), maxStatementBytes), cleanError(clean, timing.Err)
	if d.runner.config.LogQueries {
		d.runner.logger.LogAttrs(ctx, slog.LevelInfo, "query",
			slog.String("monitor", d.monitor), slog.String("routine", timing.Routine),
			slog.String("database", timing.Database), slog.Duration("duration", timing.Duration),
			slog.Int("rows", timing.Rows), slog.Any("error", timing.Err))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.queryCount++
	if len(d.queries) == maxQueriesNoted {
		return
	}
	if d.runner.config.SampleQueries && timing.Err == nil {
		var taken int
		timing.Sample, taken = sampleOf(rows, maxAllSamplesBytes-d.sampled, clean)
		d.sampled += taken
	}
	d.queries = append(d.queries, timing)
}

// noted are the queries as they are to be shown: a secret that the code was told
// after a query may stand in what that returned.
func (d *diary) noted() []QueryTiming {
	clean := d.secrets.redactor()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, query := range d.queries {
		if query.Sample != nil {
			query.Sample.redact(clean)
		}
	}
	return d.queries
}

func (d *diary) call(timing CallTiming) {
	clean := d.secrets.redactor()
	timing.URL, timing.Err = clean.Text(timing.URL), cleanError(clean, timing.Err)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.callCount++
	if len(d.calls) < maxCallsNoted {
		d.calls = append(d.calls, timing)
	}
}

func cleanError(clean monitor.Redactor, err error) error {
	if err == nil {
		return nil
	}
	return notedFailure(clean, asFailure(err))
}

func (d *diary) time() time.Time { return d.now.Add(time.Since(d.started)) }
