package shell

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// host is what the code reaches. Variables live as long as the shell: those of
// monitors are theirs alone.
type host struct {
	shell *Shell

	// mu guards the rest: parallel() calls from several goroutines.
	mu        sync.Mutex
	variables map[string]monitor.Data
	// queries and spent are how many queries the input under way has made, and how
	// long they took together.
	queries int
	spent   time.Duration
}

var (
	_ script.Host    = (*host)(nil)
	_ script.Printer = (*host)(nil)
)

// Query runs a statement; errors are *monitor.Failure.
func (h *host) Query(ctx context.Context, q monitor.Query) (monitor.Rows, error) {
	start := time.Now()
	rows, err := h.shell.config.Databases.Query(ctx, q)
	h.mu.Lock()
	h.queries++
	h.spent += time.Since(start)
	h.mu.Unlock()
	if err != nil {
		return nil, failureOf(ctx, err)
	}
	return rows, nil
}

// failureOf makes a failure of any error: that of a call to a server, too.
func failureOf(ctx context.Context, err error) error {
	if failure, ok := errors.AsType[*monitor.Failure](err); ok {
		return failure
	}
	if ctx.Err() != nil {
		return &monitor.Failure{Kind: monitor.FailureCancelled, Message: context.Cause(ctx).Error()}
	}
	return &monitor.Failure{Kind: monitor.FailureConnection, Message: err.Error()}
}

// begin forgets what the input before has cost.
func (h *host) begin() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.queries, h.spent = 0, 0
}

// cost is what the input under way has cost so far.
func (h *host) cost() (queries int, spent time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.queries, h.spent
}

// HTTP makes a call, where that is possible.
func (h *host) HTTP(ctx context.Context, r monitor.Request) (monitor.Response, error) {
	if h.shell.config.Outside == nil {
		return monitor.Response{}, h.noOutside("http")
	}
	return h.shell.config.Outside.Call(ctx, r)
}

// Secret gives a secret, where that is possible.
func (h *host) Secret(name string) (string, error) {
	if h.shell.config.Outside == nil {
		return "", h.noOutside("secret()")
	}
	secret, err := h.shell.config.Outside.LookupSecret(name)
	return secret.Reveal(), err
}

func (h *host) noOutside(what string) error {
	return &monitor.Failure{Kind: monitor.FailureCode, Message: what + " is not available here: " + h.shell.config.NoOutside}
}

// Variable reads what was set in this shell.
func (h *host) Variable(name string) (monitor.Data, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	value, ok := h.variables[name]
	return value, ok
}

// SetVariable keeps a value until the shell ends.
func (h *host) SetVariable(name string, value monitor.Data) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.variables[name] = value
}

// Incomplete says what a run would note.
func (h *host) Incomplete(reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shell.errs.Note("incomplete: %s", reason)
}

// Log shows a line where messages go.
func (h *host) Log(level monitor.LogLevel, message string, fields monitor.Data) {
	h.mu.Lock()
	defer h.mu.Unlock()
	text := string(level) + ": " + message
	if fields != "" {
		text += " " + string(fields)
	}
	h.shell.errs.Note("%s", text)
}

// Print shows a text where results go.
func (h *host) Print(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shell.out.Text(text)
}
