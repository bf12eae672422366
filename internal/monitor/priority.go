package monitor

import (
	"fmt"
	"strings"
)

// Priority says how important an alert is. Smaller is more important; the zero
// value means that there is none.
type Priority int

// The priorities, from the most to the least important.
const (
	Critical Priority = 1 + iota
	High
	Moderate
	Low
	Informational
)

// Priorities lists all priorities, most important first: the order in which
// levels are checked (R50).
var Priorities = [...]Priority{Critical, High, Moderate, Low, Informational}

var priorityNames = [...]string{"none", "critical", "high", "moderate", "low", "informational"}

// String is the priority's name as it stands in rules and in the API.
func (p Priority) String() string {
	if p < 0 || int(p) >= len(priorityNames) {
		return fmt.Sprintf("priority(%d)", int(p))
	}
	return priorityNames[p]
}

// ParsePriority reads a priority by its name.
func ParsePriority(name string) (Priority, error) {
	for _, p := range Priorities {
		if p.String() == name {
			return p, nil
		}
	}
	return 0, fmt.Errorf("unknown priority %q: one of %s", name, strings.Join(priorityNames[1:], ", "))
}
