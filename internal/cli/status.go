package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Status shows what the platform as a whole is doing.
func Status(status *client.Status) func(*Screen) {
	return func(s *Screen) {
		s.properties(
			property{name: "status", value: status.Status, colour: statusColour(status.Status)},
			property{name: "version", value: oneLine(status.Version)},
			property{name: "started", value: s.moment(&status.StartedAt)},
			property{name: "monitors", value: fmt.Sprintf("%d, of which %d enabled", status.Monitors.Total, status.Monitors.Enabled)},
			property{name: "overdue", value: counted(status.Monitors.Overdue, "monitor"), colour: red},
			property{name: "active issues", value: fmt.Sprint(status.Issues.Active)},
			property{name: "active alerts", value: alertsByPriority(status)},
			property{name: "executors", value: fmt.Sprint(status.Executors), colour: missing(status.Executors)},
			property{name: "executions", value: s.executions(status)},
			property{name: "deliveries", value: fmt.Sprintf("%d open, %d dead", status.Deliveries.Open, status.Deliveries.Dead)},
		)
		for _, component := range status.Components {
			s.component(component)
		}
		for _, name := range slices.Sorted(maps.Keys(status.Problems)) {
			s.section("problems of "+oneLine(name), diagnosticsOf(status.Problems[name]))
		}
	}
}

func (s *Screen) component(c client.Component) {
	line := fmt.Sprintf("%s: %s", oneLine(c.Name), s.paint(statusColour(c.Status), c.Status))
	if c.Error != "" {
		line += ": " + oneLine(c.Error)
	}
	s.Linef("%s", line)
}

func (s *Screen) executions(status *client.Status) string {
	text := fmt.Sprintf("%d running, %d queued", status.Executions.Running, status.Executions.Queued)
	if oldest := status.Executions.OldestQueuedAt; oldest != nil {
		text += ", the oldest " + s.moment(oldest)
	}
	return text
}

// counted is empty for none, so that it is not shown.
func counted(n int, what string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + what
	default:
		return fmt.Sprintf("%d %ss", n, what)
	}
}

func missing(executors int) colour {
	if executors == 0 {
		return red
	}
	return noColour
}

// alertsByPriority lists the most important first.
func alertsByPriority(status *client.Status) string {
	var texts []string
	for _, p := range monitor.Priorities {
		if n := status.Alerts.ByPriority[p.String()]; n > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", n, p))
		}
	}
	text := fmt.Sprint(status.Alerts.Active)
	if len(texts) > 0 {
		text += " (" + strings.Join(texts, ", ") + ")"
	}
	return text
}
