package app

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// audible is the store for those who change what people are to be told of, other
// than runs: it rings for the executor of this process. Where that is another
// process, its executor finds what is to be told within a second.
type audible struct {
	Database
	ring func()
}

// audible is the store as the controller's parts use it.
func (a *App) audible() audible {
	return audible{a.db, func() {
		if a.executor != nil {
			a.executor.Ring()
		}
	}}
}

// Change rings if people are to be told of what was changed.
func (s audible) Change(ctx context.Context, scope store.Scope, now time.Time, decide func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error) {
	plan, err := s.Database.Change(ctx, scope, now, decide)
	if err == nil && plan.Notify {
		s.ring()
	}
	return plan, err
}

// Register rings for a new version, which may tell others.
func (s audible) Register(ctx context.Context, r store.Registration, now time.Time) (monitor.Version, bool, error) {
	version, isNew, err := s.Database.Register(ctx, r, now)
	if isNew {
		s.ring()
	}
	return version, isNew, err
}

// MarkAlerts rings if there are any.
func (s audible) MarkAlerts(ctx context.Context, name string, now time.Time) (int, error) {
	marked, err := s.Database.MarkAlerts(ctx, name, now)
	if marked > 0 {
		s.ring()
	}
	return marked, err
}

// EndSilences rings if any is over.
func (s audible) EndSilences(ctx context.Context, now time.Time, limit int) (int, error) {
	ended, err := s.Database.EndSilences(ctx, now, limit)
	if ended > 0 {
		s.ring()
	}
	return ended, err
}
