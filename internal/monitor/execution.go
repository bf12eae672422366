package monitor

import (
	"encoding/json"
	"fmt"
	"time"
)

// Tasks is a set of tasks that an execution is to do.
type Tasks uint8

// The tasks.
const (
	TaskSearch Tasks = 1 << iota
	TaskUpdate
)

// Has tells whether all of the given tasks are in the set.
func (t Tasks) Has(task Tasks) bool { return t&task == task && task != 0 }

// Names lists the tasks by name, in the order in which a run does them.
func (t Tasks) Names() []string {
	names := make([]string, 0, 2)
	if t.Has(TaskUpdate) {
		names = append(names, "update")
	}
	if t.Has(TaskSearch) {
		names = append(names, "search")
	}
	return names
}

// ParseTasks reads a set of tasks from their names.
func ParseTasks(names []string) (Tasks, error) {
	var tasks Tasks
	for _, name := range names {
		switch name {
		case "search":
			tasks |= TaskSearch
		case "update":
			tasks |= TaskUpdate
		default:
			return 0, fmt.Errorf("unknown task %q: one of search, update", name)
		}
	}
	return tasks, nil
}

// MarshalJSON writes the tasks as a list of names.
func (t Tasks) MarshalJSON() ([]byte, error) { return json.Marshal(t.Names()) }

// UnmarshalJSON reads a list of names.
func (t *Tasks) UnmarshalJSON(text []byte) error {
	var names []string
	if err := json.Unmarshal(text, &names); err != nil {
		return err
	}
	tasks, err := ParseTasks(names)
	*t = tasks
	return err
}

// ExecutionStatus is where an execution is in its life.
type ExecutionStatus string

// The statuses of an execution.
const (
	ExecutionQueued    ExecutionStatus = "queued"
	ExecutionRunning   ExecutionStatus = "running"
	ExecutionSucceeded ExecutionStatus = "succeeded"
	ExecutionFailed    ExecutionStatus = "failed"
	ExecutionLost      ExecutionStatus = "lost"
	ExecutionCancelled ExecutionStatus = "cancelled"
)

// Execution is one run of one monitor.
type Execution struct {
	ID        int64
	MonitorID int64
	// VersionID is the version that ran; 0 until it was taken.
	VersionID int64
	Tasks     Tasks
	Status    ExecutionStatus
	QueuedAt  time.Time
	// StartedAt and FinishedAt are zero until then.
	StartedAt  time.Time
	FinishedAt time.Time
	Report     Report
}

// Report is what an execution leaves behind besides its changes.
type Report struct {
	// Error sums up why the execution failed; empty if it did not.
	Error    string     `json:"error,omitempty"`
	Routines []Routine  `json:"routines,omitempty"`
	Log      []LogEntry `json:"log,omitempty"`
	// Truncated is set if a search found more than max_issues_creation (R31).
	Truncated bool `json:"truncated,omitempty"`
	// Incomplete is the reason given to incomplete(), if it was called.
	Incomplete string `json:"incomplete,omitempty"`
	Counts     Counts `json:"counts"`
}

// Counts says how much a run changed.
type Counts struct {
	Created int `json:"created"`
	Updated int `json:"updated"`
	Solved  int `json:"solved"`
	Dropped int `json:"dropped"`
}

// Names of the parts of a run that are timed and can fail (R06).
const (
	RoutineUpdate   = "update"
	RoutineIsSolved = "is_solved"
	RoutineSearch   = "search"
)

// Routine reports on one routine of a run.
type Routine struct {
	Name string `json:"name"`
	// Seconds is the wall time it took.
	Seconds float64 `json:"seconds"`
	// Returned counts the entries it returned, or for is_solved the answers.
	Returned int `json:"returned"`
	// Error is nil if the routine succeeded.
	Error *Failure `json:"error,omitempty"`
}

// FailureKind sorts failures by who has to mend what. The first six are what
// attempt() shows to monitor code; the others cannot be caught by it.
type FailureKind string

// The kinds of failures.
const (
	FailureQuery      FailureKind = "query"      // the database refused the statement
	FailureTimeout    FailureKind = "timeout"    // a query took too long
	FailureConnection FailureKind = "connection" // the database could not be reached
	FailureHTTP       FailureKind = "http"       // a request failed
	FailureFail       FailureKind = "fail"       // the code called fail()
	FailureCode       FailureKind = "code"       // the code is wrong
	FailureLimit      FailureKind = "limit"      // a limit of the run was hit
	FailureResult     FailureKind = "result"     // what came back cannot be used (R11)
	FailureCancelled  FailureKind = "cancelled"  // the process had to stop or lost its lease
)

// Failure is an error of a monitor's code or of what it called, as data.
type Failure struct {
	Kind    FailureKind `json:"kind"`
	Message string      `json:"message"`
	// Position is file:line:column of the innermost frame of monitor code, if known.
	Position string `json:"position,omitempty"`
	// Traceback shows the calls, innermost last; cut in the middle if very long.
	Traceback string `json:"traceback,omitempty"`
}

// Error is the message, led by the position where one is known.
func (f *Failure) Error() string {
	if f.Position == "" {
		return f.Message
	}
	return f.Position + ": " + f.Message
}

// LogEntry is one line of an execution's log.
type LogEntry struct {
	// At is when it was logged, in the store's time.
	At      time.Time `json:"at"`
	Level   LogLevel  `json:"level"`
	Message string    `json:"message"`
	// Fields is a JSON object, or empty.
	Fields Data `json:"fields,omitempty"`
}

// LogLevel is how urgent a log entry is.
type LogLevel string

// The levels of log entries.
const (
	LogDebug   LogLevel = "debug"
	LogInfo    LogLevel = "info"
	LogWarning LogLevel = "warning"
	LogError   LogLevel = "error"
)
