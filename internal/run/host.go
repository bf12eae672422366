package run

import (
	"context"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// host is what one routine can reach. Its writes stay in it: whoever called the
// routine decides whether they count (R02).
type host struct {
	routine string
	outside Outside
	diary   *diary
	// before has the variables as the routine finds them, latest first.
	before []map[string]monitor.Data

	// mu guards the rest: parallel() calls from several goroutines.
	mu         sync.Mutex
	written    map[string]monitor.Data
	incomplete string
}

var _ script.Host = (*host)(nil)

// newHost makes a host that sees what earlier routines of the run have set.
func (s *session) newHost(routine string) *host {
	before := []map[string]monitor.Data{s.loaded.Variables}
	for _, kept := range s.outcome.Variables {
		before = append([]map[string]monitor.Data{kept.Values}, before...)
	}
	return &host{routine: routine, outside: s.runner.outside, diary: s.diary, before: before}
}

func (h *host) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	start := time.Now()
	rows, err := h.outside.Query(ctx, q)
	h.diary.query(ctx, rows, QueryTiming{
		Routine:   h.routine,
		Database:  q.Database,
		SQL:       q.SQL,
		Arguments: len(q.Args),
		Duration:  time.Since(start),
		Rows:      len(rows),
		Err:       err,
	})
	return rows, err
}

func (h *host) HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	start := time.Now()
	response, err := h.outside.Call(ctx, r)
	h.diary.call(CallTiming{
		Routine:  h.routine,
		Method:   r.Method,
		URL:      r.Where(),
		Status:   response.Status,
		Bytes:    len(response.Body),
		Duration: time.Since(start),
		Err:      err,
	})
	return response, err
}

func (h *host) Secret(name string) (string, error) {
	value, err := h.outside.LookupSecret(name)
	if err != nil {
		return "", err
	}
	h.diary.secrets.reveal(value)
	return value.Reveal(), nil
}

func (h *host) Variable(name string) (monitor.Data, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if value, ok := h.written[name]; ok {
		return value, true
	}
	for _, values := range h.before {
		if value, ok := values[name]; ok {
			return value, true
		}
	}
	return "", false
}

func (h *host) SetVariable(name string, value monitor.Data) {
	clean := h.diary.secrets.redactor()
	if kept := clean.Data(value); kept != value {
		value = kept
		h.diary.log(monitor.LogWarning, "variable \""+name+"\" has the value of a secret in it: [redacted] is kept in its place", "")
	}
	name = clean.Text(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.written == nil {
		h.written = map[string]monitor.Data{}
	}
	h.written[name] = value
}

func (h *host) Incomplete(reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.incomplete) < maxMessageBytes {
		// A secret is taken out before it could be cut in two.
		reason = cut(h.diary.secrets.redactor().Text(reason), maxMessageBytes)
		h.incomplete = joinReasons(h.incomplete, h.routine+": "+reason)
	}
}

func (h *host) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	h.diary.log(level, message, fields)
}
