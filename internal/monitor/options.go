package monitor

import "time"

// Missing says what becomes of an active issue that a whole, successful update
// did not return (R14).
type Missing string

// What can become of a missing issue.
const (
	MissingKeep  Missing = "keep"
	MissingSolve Missing = "solve"
	MissingDrop  Missing = "drop"
)

// Options are the arguments of monitor(...), with defaults filled in.
type Options struct {
	// ModelIDKey is the field of the data that identifies an issue (R09).
	ModelIDKey string `json:"model_id_key"`
	// SearchCron and UpdateCron say when a task is due; empty: never by itself.
	SearchCron string  `json:"search_cron,omitempty"`
	UpdateCron string  `json:"update_cron,omitempty"`
	Solvable   bool    `json:"solvable"`
	Unique     bool    `json:"unique,omitempty"`
	Missing    Missing `json:"missing"`
	// Rule is nil for a monitor that makes no alerts (R40).
	Rule                          *Rule `json:"alert,omitempty"`
	DismissAcknowledgeOnNewIssues bool  `json:"dismiss_acknowledge_on_new_issues,omitempty"`
	// MaxIssuesCreation caps each search (R31); 0: the configured default.
	MaxIssuesCreation int `json:"max_issues_creation,omitempty"`
	// ExecutionTimeout bounds each routine (R06); 0: the configured default.
	ExecutionTimeout time.Duration     `json:"execution_timeout,omitempty"`
	SaveEvents       bool              `json:"save_events,omitempty"`
	Notifications    []Notification    `json:"notifications,omitempty"`
	Labels           map[string]string `json:"labels,omitempty"`
}

// Notification is a target that a monitor's alerts are to be shown on.
type Notification struct {
	// Receiver names a target of the configuration.
	Receiver string `json:"receiver"`
	// Title heads the message; empty: the monitor's name.
	Title string `json:"title,omitempty"`
	// IssuesFields are the data fields shown of each issue, in this order.
	IssuesFields         []string `json:"issues_fields,omitempty"`
	IssueShowLimit       int      `json:"issue_show_limit,omitempty"`
	MinPriorityToSend    Priority `json:"min_priority_to_send,omitempty"`
	MinPriorityToMention Priority `json:"min_priority_to_mention,omitempty"`
	MentionOnUpdate      bool     `json:"mention_on_update,omitempty"`
}

// Declaration is all that a monitor's code says of itself, as data: stored with
// its version, so that nobody but an executor has to compile it (R76).
type Declaration struct {
	Options Options `json:"options"`
	// HasSearch, HasUpdate and HasIsSolved say which routines are defined.
	HasSearch   bool `json:"has_search,omitempty"`
	HasUpdate   bool `json:"has_update,omitempty"`
	HasIsSolved bool `json:"has_is_solved,omitempty"`
	// Reactions are the events for which an on_<event> function is defined.
	Reactions []EventName `json:"reactions,omitempty"`
	// Summary is the docstring of monitor.star.
	Summary string `json:"summary,omitempty"`
}

// UpdateIsSearch tells whether an update task calls search(): a monitor whose
// query is the problem leaves update out (missing = "solve").
func (d *Declaration) UpdateIsSearch() bool {
	return !d.HasUpdate && d.HasSearch && d.Options.Missing == MissingSolve
}

// Notifies tells whether anybody is to be told of the monitor's alerts.
func (d *Declaration) Notifies() bool { return len(d.Options.Notifications) > 0 }

// Tasks are the tasks this monitor's code can perform.
func (d *Declaration) Tasks() Tasks {
	var tasks Tasks
	if d.HasSearch {
		tasks |= TaskSearch
	}
	if d.HasUpdate || d.UpdateIsSearch() {
		tasks |= TaskUpdate
	}
	return tasks
}
