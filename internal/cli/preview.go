package cli

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
)

// shownItems is how many items of each kind a preview lists: programs get all.
const shownItems = 20

// Preview shows what a run would do that was tried.
func Preview(p *client.Preview) func(*Screen) {
	return func(s *Screen) {
		s.properties(
			property{name: "monitor", value: oneLine(p.Monitor)},
			property{name: "tasks", value: strings.Join(p.Tasks, ", ")},
			property{name: "status", value: p.Status + "; nothing was written", colour: statusColour(p.Status)},
			property{name: "active before", value: strconv.Itoa(p.ActiveIssues)},
			property{name: "issues", value: changesOf(p)},
			property{name: "incomplete", value: oneLine(p.Incomplete), colour: yellow},
			property{name: "truncated", value: truncated(p.Truncated), colour: yellow},
			property{name: "error", value: errorBesides(p), colour: red},
		)
		for i := range p.Routines {
			s.routine(&p.Routines[i])
		}
		s.previewIssues(p)
		s.section("alerts", strings.Join(listed(p.Alerts, func(a *client.PreviewAlert) string { return planned(AlertPlan(a)) }), "\n"))
		s.section("notifications", strings.Join(previewNotifications(p), "\n"))
		s.section("events", strings.Join(previewEvents(p.Events), "\n"))
		s.section("variables", strings.Join(previewVariables(p), "\n"))
		s.previewQueries(p)
		s.previewCalls(p)
		s.section("log", logOf(p.Log))
	}
}

// PreviewTroubles shows what went wrong in a try, and what it logged.
func PreviewTroubles(p *client.Preview) func(*Screen) {
	return func(s *Screen) {
		for i := range p.Routines {
			if p.Routines[i].Error != nil {
				s.routine(&p.Routines[i])
			}
		}
		s.section("log", logOf(p.Log))
	}
}

func changesOf(p *client.Preview) string {
	return changes(client.Counts{Created: len(p.Created), Updated: len(p.Updated), Solved: len(p.Solved), Dropped: len(p.Dropped)})
}

// errorBesides is why the run failed, if that is not what a routine says.
func errorBesides(p *client.Preview) string {
	said := p.Incomplete != "" || slices.ContainsFunc(p.Routines, func(r client.Routine) bool { return r.Error != nil })
	if said {
		return ""
	}
	return oneLine(p.Error)
}

func planned(name, plan string) string { return name + ": " + plan }

// previewNotifications says each thing once: what is not configured is that for
// every alert.
func previewNotifications(p *client.Preview) []string {
	lines := listed(p.Notifications, func(n *client.PreviewNotification) string { return planned(NotificationPlan(n)) })
	return slices.Compact(lines)
}

func previewEvents(events []client.PreviewEvent) []string {
	lines := make([]string, len(events))
	for i, event := range events {
		lines[i] = fmt.Sprintf("%s: %d", event.EventName, event.Count)
		if event.Reaction {
			lines[i] += fmt.Sprintf(", on_%s() is called for each, but not by a try", event.EventName)
		}
	}
	return lines
}

func previewVariables(p *client.Preview) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(p.Variables)) {
		lines = append(lines, fmt.Sprintf("%s = %s", oneLine(name), valueOf(p.Variables[name])))
	}
	return lines
}

// listed gives the first items as lines, and says how many more there are.
func listed[T any](items []T, line func(*T) string) []string {
	var lines []string
	for i := range items {
		if i == shownItems {
			return append(lines, fmt.Sprintf("... and %d more (-o json has them all)", len(items)-shownItems))
		}
		lines = append(lines, line(&items[i]))
	}
	return lines
}
