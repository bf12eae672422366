package notify

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Card is what there is to show of an alert. Everything in it that comes from a
// monitor or its issues is text that nobody has checked: a target shows it as
// text, whatever it looks like.
type Card struct {
	// Title heads it; never empty.
	Title string
	// Monitor is the monitor's name, Summary its docstring's first paragraph.
	Monitor string
	Summary string
	Labels  map[string]string

	AlertID  int64
	Priority monitor.Priority
	// Closed is empty as long as the alert is active and told here.
	Closed Closed
	// Acknowledged means at its priority: nobody has to look (R60).
	Acknowledged bool
	Locked       bool
	CreatedAt    time.Time
	SolvedAt     time.Time

	// CanAcknowledge, CanLock and CanSolve say what people may do with it now.
	CanAcknowledge, CanLock, CanSolve bool

	// ActiveIssues counts its active issues.
	ActiveIssues int
	// Fields are the names of the columns of Issues; empty: none are shown.
	Fields []string
	// Issues are the oldest active ones, as many as the monitor asks for; the rest
	// of ActiveIssues is to be told as "N more".
	Issues []IssueRow
	// URL is the alert's page; empty if the server knows no address of its own.
	// DocsURL is the monitor's.
	URL, DocsURL string
	// Mention names who is called in a mention, in the service's words; empty: what
	// the target is configured with.
	Mention string
	// Test marks what is sent to try a receiver, and must be seen at once.
	Test bool
}

// IssueRow is one issue: a value for each of the card's fields, as text. What the
// issue does not have is "-".
type IssueRow struct {
	ModelID string
	Values  []string
}

// More is how many active issues the card does not list.
func (c *Card) More() int { return max(0, c.ActiveIssues-len(c.Issues)) }

// Closed says why a notification ends.
type Closed string

// Why a notification ends.
const (
	// ClosedSolved: the alert is solved.
	ClosedSolved Closed = "solved"
	// ClosedRemoved: the monitor does not tell this target any more.
	ClosedRemoved Closed = "removed"
)
