package rollout

import (
	"fmt"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Outcome says what became of a monitor, or would become of it.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Changed   Outcome = "changed"
	Unchanged Outcome = "unchanged"
	Deleted   Outcome = "deleted"
	// Conflict is that somebody else changed it: it stays as they left it.
	Conflict Outcome = "conflict"
	Failed   Outcome = "failed"
	// Skipped is a deletion that was not done because something else went wrong.
	Skipped Outcome = "skipped"
)

// OK tells whether the monitor is as its folder wants it.
func (o Outcome) OK() bool { return o != Conflict && o != Failed && o != Skipped }

// Item is what became of one monitor.
type Item struct {
	Monitor string `json:"monitor"`
	// Dir is empty for a monitor that has no folder.
	Dir     string  `json:"dir"`
	Outcome Outcome `json:"outcome"`
	// Version is the current one afterwards; 0 if there is none, or none yet.
	Version int `json:"version"`
	// Files are those that differ from what was stored.
	Files []string `json:"files"`
	// DroppedIssues and SolvedAlerts are what went with a monitor that was deleted.
	DroppedIssues int `json:"dropped_issues"`
	SolvedAlerts  int `json:"solved_alerts"`
	// Error says why it is not as its folder wants it; empty if it is.
	Error string `json:"error"`
	// Diagnostics are the findings in its code, by path.
	Diagnostics []client.Diagnostic `json:"diagnostics"`
}

func (i *Item) refuse(outcome Outcome, format string, args ...any) {
	i.Outcome, i.Error = outcome, fmt.Sprintf(format, args...)
}

// Broken is the error of folders whose code has mistakes.
type Broken struct {
	// Diagnostics are all findings in all folders, by path.
	Diagnostics monitor.Diagnostics
}

// Error says how many mistakes there are.
func (b *Broken) Error() string {
	count := 0
	for _, d := range b.Diagnostics {
		if d.Severity == monitor.SeverityError {
			count++
		}
	}
	if count == 1 {
		return "there is a mistake"
	}
	return fmt.Sprintf("there are %d mistakes", count)
}
