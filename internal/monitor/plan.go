package monitor

import "time"

// Plan is everything that one run or one person's action changes. It is written
// in one transaction, or not at all.
//
// The rows it names are in the state in which they are to be left. An issue may
// stand in several lists; it is the same pointer in each. Rows that are created
// have id 0 until the store has given them one.
type Plan struct {
	// Actor is the person who acts; empty for a run.
	Actor string
	// NewAlerts are inserted first, so that issues can refer to them.
	NewAlerts []*Alert
	// Created are inserted. With NewAlert set, they are linked to it.
	Created []*Issue
	// Updated have new data (R13).
	Updated []*Issue
	// Ended go from active to solved or dropped.
	Ended []*Issue
	// Linked existed before and gain an alert: AlertID or NewAlert.
	Linked []*Issue
	// Alerts existed before and change.
	Alerts []*Alert
	// Events are written in this order.
	Events []Event
	// Variables replace those of the same name.
	Variables map[string]Data
	// Notify tells whether people are to be told of the alerts that it touches (R82).
	Notify bool
	// Monitor is nil if the monitor's own row does not change beyond its revision.
	Monitor *MonitorChange
	// Execution is set by a run: how the execution ends.
	Execution *ExecutionEnd
}

// IsEmpty tells whether the plan writes nothing but the end of its execution.
func (p *Plan) IsEmpty() bool {
	return len(p.NewAlerts)+len(p.Created)+len(p.Updated)+len(p.Ended)+len(p.Linked)+
		len(p.Alerts)+len(p.Events)+len(p.Variables) == 0 && p.Monitor == nil
}

// MonitorChange is what an action changes in the monitor's own row. Nil fields stay.
type MonitorChange struct {
	Enabled *bool
	// DueTasks become due at once (R65).
	DueTasks Tasks
	// Archive ends the monitor (R66).
	Archive bool
}

// ExecutionEnd is how an execution ends.
type ExecutionEnd struct {
	Status ExecutionStatus
	Report Report
	// Proven is true if every routine succeeded whole: the answer is known (R79).
	Proven bool
}

// Fence proves that an execution is still the writer's: Take gives it, Commit
// requires it (R04).
type Fence struct {
	ExecutionID int64
	MonitorID   int64
	ExecutorID  string
	Token       string
}

// Delivery is the work of telling one target of a monitor about one event (R81).
type Delivery struct {
	ID    int64
	Event EventRecord
	// Target names what is told; so far there is only [TargetReactions].
	Target string
	// VersionID is the monitor's current version when the delivery was taken: its
	// code reacts, whichever version made the event.
	VersionID int64
	// Attempts counts the attempts that failed so far.
	Attempts int
	DueAt    time.Time
}

// DeliveryStatus says how far a delivery is. What is done is not kept.
type DeliveryStatus string

// The statuses of deliveries.
const (
	DeliveryOpen  DeliveryStatus = "open"
	DeliveryTaken DeliveryStatus = "taken"
	// DeliveryDead is one that failed for the last time.
	DeliveryDead DeliveryStatus = "dead"
)

// TargetReactions is the target that stands for all of a monitor's reactions.
const TargetReactions = "reactions"
