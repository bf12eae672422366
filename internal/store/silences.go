package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Silences is when people do not want to be told of alerts. What ends one, time or
// a person, marks the alerts that it was about, so that what is still wrong is told
// then (R82).
type Silences interface {
	// CreateSilence stores a silence and gives it back with its id. CodeInvalid if it
	// names a monitor that does not exist or an issue that is not active.
	CreateSilence(ctx context.Context, s monitor.Silence, now time.Time) (monitor.Silence, error)
	// ExpireSilence ends one before its time. CodeConflict if it is over.
	ExpireSilence(ctx context.Context, id int64, by, comment string, now time.Time) (monitor.Silence, error)
	// Silence reads one.
	Silence(ctx context.Context, id int64) (monitor.Silence, error)
	// Silences lists silences, newest first.
	Silences(ctx context.Context, f SilenceFilter, page Page) ([]monitor.Silence, error)
	// SilencedAlerts gives the ids of the silences in force that silence alerts, by
	// the alert; alerts that are not silenced, or have ended, are left out. It reads
	// what is stored at that moment: whoever looks because an alert was marked must
	// not see the silence whose end was the reason.
	SilencedAlerts(ctx context.Context, alerts []int64, now time.Time) (map[int64][]int64, error)
	// EndSilences sees to up to limit silences that are over, for good or until they
	// recur, and says how many. Each is seen to by one of those who call it at once.
	EndSilences(ctx context.Context, now time.Time, limit int) (int, error)
}

// SilenceFilter narrows a list of silences to those that are not over. Zero fields
// do not narrow it further.
type SilenceFilter struct {
	// Expired lists those that are over, too.
	Expired bool
	// Active lists only those in force.
	Active bool
	// Monitor is the name that they ask for.
	Monitor string
	// Now is when.
	Now time.Time
}
