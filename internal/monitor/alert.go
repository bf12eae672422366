package monitor

import "time"

// AlertStatus is where an alert is in its life. A solved alert never changes
// again and never gains issues.
type AlertStatus string

// The statuses of an alert.
const (
	AlertActive AlertStatus = "active"
	AlertSolved AlertStatus = "solved"
)

// Alert groups active issues of one monitor under a priority.
type Alert struct {
	ID        int64
	MonitorID int64
	Status    AlertStatus
	Priority  Priority
	// Acknowledged is true from an acknowledgement until it is dismissed.
	Acknowledged bool
	// AcknowledgePriority is the priority at which it was acknowledged (R60).
	AcknowledgePriority Priority
	// Locked alerts gain no more issues (R61).
	Locked    bool
	CreatedAt time.Time
	UpdatedAt time.Time
	// SolvedAt is zero while the alert is active.
	SolvedAt time.Time
	// ActiveIssues counts its active issues. It is read, never written.
	ActiveIssues int
}

// IsPriorityAcknowledged tells whether the alert is acknowledged at its
// priority: nobody has to look unless it gets more important (R60).
func (a *Alert) IsPriorityAcknowledged() bool {
	return a.Acknowledged && a.AcknowledgePriority <= a.Priority
}
