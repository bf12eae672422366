package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

// Monitors shows a list of monitors.
func Monitors() Table[client.Monitor] {
	return Table[client.Monitor]{
		{Title: "NAME", flexible: true, Cell: func(_ *Screen, m *client.Monitor) string { return oneLine(m.Name) }},
		{
			Title: "HEALTH", Cell: func(_ *Screen, m *client.Monitor) string { return m.Health },
			colour: func(m *client.Monitor) colour { return statusColour(m.Health) },
		},
		{Title: "ISSUES", right: true, Cell: func(_ *Screen, m *client.Monitor) string { return strconv.Itoa(m.ActiveIssues) }},
		{Title: "ALERTS", right: true, Cell: func(_ *Screen, m *client.Monitor) string { return strconv.Itoa(m.ActiveAlerts) }},
		{
			Title: "LAST RUN", Cell: func(_ *Screen, m *client.Monitor) string { return lastStatus(m) },
			colour: func(m *client.Monitor) colour { return statusColour(lastStatus(m)) },
		},
		{Title: "LAST PROVEN", Cell: func(s *Screen, m *client.Monitor) string { return s.moment(m.LastProvenAt) }},
		{Title: "NEXT RUN", Cell: func(s *Screen, m *client.Monitor) string { return s.moment(nextRun(m)) }},
	}
}

func lastStatus(m *client.Monitor) string {
	if m.LastExecution == nil {
		return "-"
	}
	return m.LastExecution.Status
}

// nextRun is the earlier of the two next times; nil if none is due, or if the
// monitor is disabled: it then keeps the times without being scheduled.
func nextRun(m *client.Monitor) *time.Time {
	if !m.Enabled {
		return nil
	}
	if m.NextSearchAt == nil {
		return m.NextUpdateAt
	}
	if m.NextUpdateAt != nil && m.NextUpdateAt.Before(*m.NextSearchAt) {
		return m.NextUpdateAt
	}
	return m.NextSearchAt
}

// Monitor shows one monitor.
func Monitor(m *client.Monitor) func(*Screen) {
	return func(s *Screen) {
		s.properties(
			property{name: "name", value: oneLine(m.Name)},
			property{name: "health", value: m.Health, colour: statusColour(m.Health)},
			property{name: "active issues", value: strconv.Itoa(m.ActiveIssues)},
			property{name: "active alerts", value: strconv.Itoa(m.ActiveAlerts)},
			property{name: "last proven", value: s.moment(m.LastProvenAt)},
			property{name: "last run", value: s.lastRun(m.LastExecution)},
			property{name: "next search", value: s.schedule(m.SearchCron, m.NextSearchAt)},
			property{name: "next update", value: s.schedule(m.UpdateCron, m.NextUpdateAt)},
			property{name: "solved by", value: solvedBy(m.Solvable)},
			property{name: "version", value: fmt.Sprintf("%d, from %s", m.Version, m.Source)},
			property{name: "labels", value: labelsOf(m.Labels)},
		)
		if m.LastExecution != nil {
			s.section("last run failed", m.LastExecution.Error)
		}
		s.section("problems of code that has arrived", diagnosticsOf(m.Problems))
		s.section("documentation", cmp.Or(m.Documentation, m.Summary))
	}
}

func (s *Screen) lastRun(e *client.LastExecution) string {
	if e == nil {
		return "-"
	}
	at := e.FinishedAt
	if at == nil {
		at = &e.QueuedAt
	}
	return fmt.Sprintf("%s %s (execution %d)", e.Status, s.moment(at), e.ID)
}

// schedule is when a task is next due, beside the schedule that says so.
func (s *Screen) schedule(cron string, next *time.Time) string {
	if cron == "" && next == nil {
		return ""
	}
	return fmt.Sprintf("%s (%s)", s.moment(next), cmp.Or(oneLine(cron), "only when refreshed"))
}

func solvedBy(solvable bool) string {
	if solvable {
		return "runs"
	}
	return "people"
}

func labelsOf(labels map[string]string) string {
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		texts = append(texts, oneLine(name+"="+labels[name]))
	}
	return strings.Join(texts, " ")
}

func diagnosticsOf(diagnostics []client.Diagnostic) string {
	var lines []string
	for _, d := range diagnostics {
		lines = append(lines, Diagnostic(d))
	}
	return strings.Join(lines, "\n")
}

// Diagnostic is a finding on one line.
func Diagnostic(d client.Diagnostic) string {
	place := d.File
	if d.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
	}
	return oneLine(fmt.Sprintf("%s: %s: %s", place, d.Severity, d.Message))
}
