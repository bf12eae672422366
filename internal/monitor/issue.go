package monitor

import "time"

// IssueStatus is where an issue is in its life. A solved or dropped issue never
// changes again.
type IssueStatus string

// The statuses of an issue.
const (
	IssueActive  IssueStatus = "active"
	IssueSolved  IssueStatus = "solved"
	IssueDropped IssueStatus = "dropped"
)

// EndReason says why an issue or alert ended (R22).
type EndReason string

// The reasons for an end.
const (
	ReasonPredicate EndReason = "predicate" // is_solved said so
	ReasonMissing   EndReason = "missing"   // a whole update did not return it
	ReasonPerson    EndReason = "person"    // somebody solved or dropped it
	ReasonArchived  EndReason = "archived"  // its monitor was deleted (R66)
	ReasonRekeyed   EndReason = "rekeyed"   // its monitor's model_id_key changed (R67)
)

// Issue is one unit of a problem: one order, one user.
type Issue struct {
	ID        int64
	MonitorID int64
	// AlertID is 0 while the issue belongs to no alert.
	AlertID int64
	// ModelID identifies the issue inside its monitor (R09).
	ModelID   string
	Status    IssueStatus
	Data      Data
	CreatedAt time.Time
	UpdatedAt time.Time
	// SolvedAt or DroppedAt is set when it ended; zero otherwise.
	SolvedAt  time.Time
	DroppedAt time.Time

	// NewAlert is set instead of AlertID in a [Plan] that also creates the
	// alert. The store replaces it by the id it gave.
	NewAlert *Alert
}
