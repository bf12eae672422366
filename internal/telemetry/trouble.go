package telemetry

import (
	"context"
	"log/slog"
	"sync"
)

// Trouble logs what keeps going wrong in a loop when it begins, changes and
// ends, instead of at every turn. It is safe for concurrent use.
type Trouble struct {
	logger *slog.Logger
	with   string

	mu   sync.Mutex
	last string
}

// NewTrouble names what may go wrong, as in "receiving messages".
func NewTrouble(logger *slog.Logger, with string) *Trouble {
	return &Trouble{logger: logger, with: with}
}

// Note takes how a turn ended. Errors after the end of ctx are its echo and not
// noted.
func (t *Trouble) Note(ctx context.Context, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case err == nil && t.last != "":
		t.last = ""
		t.logger.InfoContext(ctx, "trouble is over", slog.String("with", t.with))
	case err != nil && ctx.Err() == nil && err.Error() != t.last:
		t.last = err.Error()
		t.logger.WarnContext(ctx, "trouble", slog.String("with", t.with), slog.Any("error", err))
	}
}
