package run

import (
	"context"
	"slices"
	"time"

	"github.com/vedettehq/vedette/internal/delivery"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// Programs compiles versions; the catalog does.
type Programs interface {
	Get(ctx context.Context, versionID int64) (*script.Program, error)
}

// Reactor calls the reactions of versions.
type Reactor struct {
	runner   *Runner
	programs Programs
}

var _ delivery.Reactor = (*Reactor)(nil)

// NewReactor makes a reactor.
func NewReactor(runner *Runner, programs Programs) *Reactor {
	return &Reactor{runner: runner, programs: programs}
}

// React calls a version's function for the event. A version without one has
// nothing to do: the monitor has changed since the event was made.
func (r *Reactor) React(ctx context.Context, versionID int64, event *monitor.EventRecord, variables map[string]monitor.Data, now time.Time) (map[string]monitor.Data, error) {
	program, err := r.programs.Get(ctx, versionID)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(program.Declaration().Reactions, event.Name) {
		return nil, nil
	}
	return r.runner.React(ctx, program, event, variables, now, uint64(event.ID))
}
