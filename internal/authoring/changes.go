package authoring

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/cli"
	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// entry is one thing that a plan would do.
type entry struct {
	// what names it: the same thing has the same name in another plan.
	what string
	// text or data is what may differ between two plans that do it.
	text string
	data json.RawMessage
}

// Changes tells how a plan differs from an earlier one: "+" for what is new, "-"
// for what is gone, "~" for the same thing done otherwise. Empty: both do the same.
func Changes(before, after *client.Preview) []string {
	was, is := entries(before), entries(after)
	earlier := make(map[string]entry, len(was))
	for _, e := range was {
		earlier[e.what] = e
	}
	var lines []string
	for _, e := range is {
		old, known := earlier[e.what]
		delete(earlier, e.what)
		switch {
		case !known:
			lines = append(lines, "+ "+e.String())
		case old.text != e.text:
			lines = append(lines, fmt.Sprintf("~ %s: %s -> %s", e.what, old.text, e.text))
		case !monitor.Equal(monitor.Data(old.data), monitor.Data(e.data)):
			lines = append(lines, fmt.Sprintf("~ %s: %s", e.what, strings.Join(cli.Difference(old.data, e.data), ", ")))
		}
	}
	for _, e := range was {
		if _, gone := earlier[e.what]; gone {
			lines = append(lines, "- "+e.what)
		}
	}
	return lines
}

func (e entry) String() string {
	text := e.text
	if len(e.data) > 0 {
		text = cli.FieldsInCode(e.data)
	}
	return strings.TrimSuffix(e.what+": "+text, ": ")
}

// entries lists what a plan would do, in its order.
func entries(p *client.Preview) []entry {
	list := []entry{{what: "run", text: p.Status}}
	for i := range p.Routines {
		if failure := p.Routines[i].Error; failure != nil {
			list = append(list, entry{what: p.Routines[i].Name + " failed", text: failure.Position + " " + failure.Message})
		}
	}
	if p.Incomplete != "" {
		list = append(list, entry{what: "incomplete", text: p.Incomplete})
	}
	if p.Truncated {
		list = append(list, entry{what: "truncated: the search found more than may be created"})
	}
	for _, part := range []struct {
		done   string
		issues []client.PreviewIssue
	}{{"created", p.Created}, {"updated", p.Updated}, {"solved", p.Solved}, {"dropped", p.Dropped}} {
		for _, issue := range part.issues {
			list = append(list, entry{what: fmt.Sprintf("issue %s %s", issue.ModelID, part.done), data: issue.Data})
		}
	}
	for i := range p.Alerts {
		name, plan := cli.AlertPlan(&p.Alerts[i])
		list = append(list, entry{what: name, text: plan})
	}
	for i := range p.Notifications {
		name, plan := cli.NotificationPlan(&p.Notifications[i])
		list = append(list, entry{what: "notification to " + name, text: plan})
	}
	for _, name := range slices.Sorted(maps.Keys(p.Variables)) {
		list = append(list, entry{what: "variable " + name, text: string(p.Variables[name])})
	}
	return list
}
