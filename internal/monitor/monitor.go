package monitor

import (
	"regexp"
	"time"
)

// Source says how a monitor arrived. What came from a folder is read-only
// elsewhere.
type Source string

// The sources of monitors.
const (
	SourceFolder  Source = "folder"
	SourceExample Source = "example"
	SourceAPI     Source = "api"
)

// Monitor is user code that finds issues, refreshes their data and says when one
// is solved. The code itself is a [Version].
type Monitor struct {
	ID      int64
	Name    string
	Enabled bool
	// Revision counts the changes to its alerts and issues made by people and
	// runs: a run whose snapshot is of an older revision reloads it (R01).
	Revision  int64
	VersionID int64
	Source    Source
	Schedule  Schedule
	CreatedAt time.Time
	// ArchivedAt is zero unless it was deleted (R66).
	ArchivedAt time.Time
}

var namePattern = regexp.MustCompile(`^[a-z0-9_]+$`)

// CheckName refuses what cannot be a monitor's name, which is its folder's.
func CheckName(name string) error {
	if namePattern.MatchString(name) {
		return nil
	}
	return Errorf(CodeInvalid, "the folder's name %q must consist of a-z, 0-9 and _", name)
}

// Schedule is when a monitor's tasks are due.
type Schedule struct {
	// NextSearchAt and NextUpdateAt are zero for a task that is never due.
	NextSearchAt time.Time
	NextUpdateAt time.Time
	// Busy tells whether an execution is queued or running (R72).
	Busy bool
}

// Version is a monitor's folder as it was registered. It never changes.
type Version struct {
	ID          int64
	MonitorID   int64
	MonitorName string
	// Number counts the monitor's versions from 1.
	Number      int
	Files       Files
	Declaration Declaration
	// Hash identifies the content of Files.
	Hash      string
	Author    string
	Message   string
	CreatedAt time.Time
}

// Health says whether the answer of a monitor is known, and what it is (R79).
type Health string

// The healths.
const (
	HealthDisabled  Health = "disabled"
	HealthUnknown   Health = "unknown"
	HealthViolating Health = "violating"
	HealthOK        Health = "ok"
)
