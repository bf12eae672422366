package store

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// History is the versions of a monitor, as people look back at them. A name is
// that of the monitor which has it, or else of the last that had it, since history
// stays readable (R66).
type History interface {
	// MonitorVersions lists versions without their files and declarations, newest
	// first, at most page.Limit and from before the number page.BeforeID.
	// CodeNotFound if nobody ever had the name.
	MonitorVersions(ctx context.Context, name string, page Page) ([]VersionView, error)
	// MonitorVersion reads one with its files; number 0 is the current or last one.
	MonitorVersion(ctx context.Context, name string, number int) (VersionView, error)
}

// VersionView is a version with what became of it.
type VersionView struct {
	monitor.Version
	// Current is false for all versions of a monitor that is archived.
	Current bool
}

// Trials is what trying a monitor reads of what is stored of it.
type Trials interface {
	// Snapshot reads what is active of the monitor that has the name, with its
	// variables, as of one moment. CodeNotFound if there is none.
	Snapshot(ctx context.Context, name string) (monitor.Snapshot, error)
	// ClosedModelIDs tells which of the model ids have an issue that is no longer
	// active: what Commit looks up for unique monitors.
	ClosedModelIDs(ctx context.Context, monitorID int64, modelIDs []string) (map[string]bool, error)
}
