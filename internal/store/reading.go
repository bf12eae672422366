package store

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Reading is what people look at. Lists are ordered newest first (monitors: by
// name), hold at most page.Limit rows, and are stable while rows are added.
type Reading interface {
	// Monitors lists those that are not archived, without their documentation.
	// Declarations are shared with other callers and must not be changed.
	Monitors(ctx context.Context, f MonitorFilter, page Page) ([]MonitorView, error)
	Monitor(ctx context.Context, name string) (MonitorView, error)
	Alerts(ctx context.Context, f AlertFilter, page Page) ([]AlertView, error)
	Alert(ctx context.Context, id int64) (AlertView, error)
	Issues(ctx context.Context, f IssueFilter, page Page) ([]IssueView, error)
	Issue(ctx context.Context, id int64) (IssueView, error)
	Executions(ctx context.Context, f ExecutionFilter, page Page) ([]ExecutionView, error)
	Execution(ctx context.Context, id int64) (ExecutionView, error)
	// Events lists the events that are kept in the history. One is shown once no
	// other with a smaller id can come any more (R85): on a database with many
	// writers that is when all that were writing before it have finished.
	Events(ctx context.Context, f EventFilter, page Page) ([]monitor.EventRecord, error)
	// NewestEvent is the largest id that an event has, whether it is shown already
	// or kept at all; 0 if there is none. Ids after it have not been given yet.
	NewestEvent(ctx context.Context) (int64, error)
	// Edition is a word for what is stored, as far as the lists of monitors, issues and
	// executions show it: whoever gets the same word again would also read the same
	// lists again. Nothing is between the two that a person or another process has
	// written, and no monitor has become overdue (R79). Words cannot be compared with
	// those that another process got.
	Edition(ctx context.Context, now time.Time) (string, error)
	// Status counts what the platform as a whole is doing.
	Status(ctx context.Context, now time.Time) (Status, error)
}

// Page asks for a part of a list.
type Page struct {
	// Limit is the most rows to return.
	Limit int
	// BeforeID continues a list that is ordered by id, newest first: only rows of
	// smaller ids. 0: from the start.
	BeforeID int64
	// AfterPriority goes with BeforeID where a list is ordered by priority: only what
	// is less important, or the same and of smaller ids.
	AfterPriority monitor.Priority
	// AfterID asks for a list of events the other way round, oldest first, from the
	// one after that id: so whoever follows them misses none (R85). [FromStart] is
	// before all of them.
	AfterID int64
	// AfterName continues a list that is ordered by name.
	AfterName string
}

// FromStart as AfterID asks for events from the oldest one on.
const FromStart = -1

// MonitorFilter narrows a list of monitors. Zero fields do not.
type MonitorFilter struct {
	// Query is a part of the name.
	Query   string
	Enabled *bool
	Health  monitor.Health
	// Labels must all be there, with these values.
	Labels map[string]string
	// Now is the time against which overdue is judged (R79); zero: the store's.
	Now time.Time
}

// MonitorView is a monitor as people see it.
type MonitorView struct {
	Monitor monitor.Monitor
	Version int
	// Hash identifies the content of the current version.
	Hash          string
	Declaration   monitor.Declaration
	Documentation string
	Health        monitor.Health
	// LastProvenAt is the last time the answer was known (R79); zero: never.
	LastProvenAt time.Time
	// LastExecution is the last that ended other than cancelled, with just the error of
	// its report; nil before the first.
	LastExecution *monitor.Execution
	ActiveIssues  int
	ActiveAlerts  int
}

// AlertFilter narrows a list of alerts. Zero fields do not.
type AlertFilter struct {
	// Monitor is a name: that of the monitor which has it, or else of the last that
	// had it, since history stays readable (R66). So it is in all filters.
	Monitor string
	// Query is a part of the monitor's name.
	Query string
	// Labels must all be the monitor's, with these values.
	Labels map[string]string
	Status monitor.AlertStatus
	// Priorities are those that an alert may have; none: any.
	Priorities []monitor.Priority
	Locked     *bool
	// Acknowledged filters by IsPriorityAcknowledged.
	Acknowledged *bool
	// Silenced filters by whether a silence keeps people from being told of the alert
	// for now. Only active alerts are.
	Silenced *bool
	// Now is when they are silenced or not; zero: the store's time.
	Now time.Time
	// ByPriority orders by priority, the most important first, and newest first among
	// equals; only active alerts can be, as history would have to be read whole.
	ByPriority bool
}

// AlertView is an alert with what it belongs to.
type AlertView struct {
	monitor.Alert
	MonitorName string
	// Solvable is the monitor's option: it decides whether people may solve the alert (R62).
	Solvable bool
}

// IssueFilter narrows a list of issues. Zero fields do not.
type IssueFilter struct {
	Monitor string
	AlertID int64
	Status  monitor.IssueStatus
	ModelID string
}

// IssueView is an issue with what it belongs to.
type IssueView struct {
	monitor.Issue
	MonitorName string
}

// ExecutionFilter narrows a list of executions. Zero fields do not.
type ExecutionFilter struct {
	Monitor string
	Status  monitor.ExecutionStatus
}

// ExecutionView is an execution with what it belongs to. In lists its log is empty.
type ExecutionView struct {
	monitor.Execution
	MonitorName string
	// Version is the number of the version that ran; 0 if it was not taken yet.
	Version int
}

// EventFilter narrows a list of events. Zero fields do not.
type EventFilter struct {
	Monitor  string
	Name     monitor.EventName
	Source   monitor.EventSource
	SourceID int64
}

// Status is what the platform as a whole is doing.
type Status struct {
	Monitors        int
	EnabledMonitors int
	ActiveIssues    int
	ActiveAlerts    map[monitor.Priority]int
	// AcknowledgedAlerts are those of them that are acknowledged at their priority
	// (R60).
	AcknowledgedAlerts map[monitor.Priority]int
	// OldestDueAt is when the monitor became due that has waited longest to be
	// queued; zero if none is due.
	OldestDueAt      time.Time
	QueuedExecutions int
	// OldestQueuedAt is zero if nothing is queued.
	OldestQueuedAt    time.Time
	RunningExecutions int
	// Executors counts those whose lease is good.
	Executors       int
	OpenDeliveries  int
	DeadDeliveries  int
	OverdueMonitors int
}
