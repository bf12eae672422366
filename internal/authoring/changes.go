package authoring

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// entry is one thing that a plan would do.
type entry struct {
	// what names it: the same thing has the same name in another plan.
	what string
	// data is what may differ between two plans that do it; may be empty.
	data monitor.Data
}

// Changes tells how a plan differs from an earlier one: "+" for what is new, "-"
// for what is gone, "~" for the same thing with other data, of which difference
// lists the fields. Empty: both do the same.
func Changes(before, after *client.Preview, difference func(before, after monitor.Data) []string) []string {
	was, is := entries(before), entries(after)
	earlier := make(map[string]monitor.Data, len(was))
	for _, e := range was {
		earlier[e.what] = e.data
	}
	var lines []string
	for _, e := range is {
		data, known := earlier[e.what]
		delete(earlier, e.what)
		switch {
		case !known:
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("+ %s  %s", e.what, e.data)))
		case data != e.data && !monitor.Equal(data, e.data):
			lines = append(lines, fmt.Sprintf("~ %s  %s", e.what, strings.Join(difference(data, e.data), "  ")))
		}
	}
	for _, e := range was {
		if _, gone := earlier[e.what]; gone {
			lines = append(lines, "- "+e.what)
		}
	}
	return lines
}

// entries lists what a plan would do, in its order.
func entries(p *client.Preview) []entry {
	list := []entry{{what: "run " + p.Status}}
	if p.Error != "" {
		list = append(list, entry{what: "error: " + p.Error})
	}
	for _, part := range []struct {
		done   string
		issues []client.PreviewIssue
	}{{"created", p.Created}, {"updated", p.Updated}, {"solved", p.Solved}, {"dropped", p.Dropped}} {
		for _, issue := range part.issues {
			list = append(list, entry{what: "issue " + part.done + ": " + issue.ModelID, data: monitor.Data(issue.Data)})
		}
	}
	for _, alert := range p.Alerts {
		list = append(list, entry{what: alertEntry(alert)})
	}
	for _, name := range slices.Sorted(maps.Keys(p.Variables)) {
		list = append(list, entry{what: fmt.Sprintf("variable %s = %s", name, p.Variables[name])})
	}
	return list
}

func alertEntry(alert client.PreviewAlert) string {
	priority := monitor.Priority(alert.Priority)
	switch {
	case alert.PreviousPriority == nil:
		return fmt.Sprintf("alert created: %s", priority)
	case alert.Status == string(monitor.AlertSolved):
		return fmt.Sprintf("alert solved: was %s", monitor.Priority(*alert.PreviousPriority))
	default:
		return fmt.Sprintf("alert: %s -> %s", monitor.Priority(*alert.PreviousPriority), priority)
	}
}
