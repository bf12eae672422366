package delivery

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Reactor calls monitors' code.
type Reactor interface {
	// React calls the function that a version has for the event and returns the
	// variables it set. A version without such a function sets none.
	React(ctx context.Context, versionID int64, event *monitor.EventRecord, variables map[string]monitor.Data, now time.Time) (map[string]monitor.Data, error)
}

// VariableStore keeps what reactions remember.
type VariableStore interface {
	Now() time.Time
	Variables(ctx context.Context, monitorID int64) (map[string]monitor.Data, error)
	SetVariables(ctx context.Context, monitorID int64, values map[string]monitor.Data, now time.Time) error
}

// Reactions is the target that stands for a monitor's own functions (R81).
type Reactions struct {
	store   VariableStore
	reactor Reactor
}

var _ Target = (*Reactions)(nil)

// NewReactions makes the target.
func NewReactions(store VariableStore, reactor Reactor) *Reactions {
	return &Reactions{store: store, reactor: reactor}
}

// Deliver has the monitor's current version react. The variables that the
// reaction set are kept if it succeeded.
func (r *Reactions) Deliver(ctx context.Context, d monitor.Delivery) error {
	variables, err := r.store.Variables(ctx, d.Event.MonitorID)
	if err != nil {
		return fmt.Errorf("read variables: %w", err)
	}
	set, err := r.reactor.React(ctx, d.VersionID, &d.Event, variables, r.store.Now())
	if err != nil || len(set) == 0 {
		return err
	}
	if err := r.store.SetVariables(ctx, d.Event.MonitorID, set, r.store.Now()); err != nil {
		return fmt.Errorf("write variables: %w", err)
	}
	return nil
}
