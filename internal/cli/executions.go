package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

// Executions shows a list of executions.
func Executions() Table[client.Execution] {
	return Table[client.Execution]{
		{Title: "ID", right: true, Cell: func(_ *Screen, e *client.Execution) string { return strconv.FormatInt(e.ID, 10) }},
		{Title: "MONITOR", flexible: true, Cell: func(_ *Screen, e *client.Execution) string { return oneLine(e.Monitor) }},
		{
			Title: "STATUS", Cell: func(_ *Screen, e *client.Execution) string { return e.Status },
			colour: func(e *client.Execution) colour { return statusColour(e.Status) },
		},
		{Title: "TASKS", Cell: func(_ *Screen, e *client.Execution) string { return strings.Join(e.Tasks, ",") }},
		{Title: "QUEUED", Cell: func(s *Screen, e *client.Execution) string { return s.moment(&e.QueuedAt) }},
		{Title: "TOOK", right: true, Cell: func(_ *Screen, e *client.Execution) string { return took(e.StartedAt, e.FinishedAt) }},
		{Title: "CHANGES", Cell: func(_ *Screen, e *client.Execution) string { return changes(e.Counts) }},
		{Title: "ERROR", flexible: true, Cell: func(_ *Screen, e *client.Execution) string { return oneLine(e.Error) }},
	}
}

// changes says what became of issues; zeros go without saying.
func changes(c client.Counts) string {
	var texts []string
	for _, count := range []struct {
		n    int
		what string
	}{{c.Created, "created"}, {c.Updated, "updated"}, {c.Solved, "solved"}, {c.Dropped, "dropped"}} {
		if count.n > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", count.n, count.what))
		}
	}
	if len(texts) == 0 {
		return "-"
	}
	return strings.Join(texts, ", ")
}

// Execution shows one execution with its failures and its log.
func Execution(e *client.Execution) func(*Screen) {
	return func(s *Screen) {
		version := "-"
		if e.Version != nil {
			version = strconv.Itoa(*e.Version)
		}
		s.properties(
			property{name: "execution", value: strconv.FormatInt(e.ID, 10)},
			property{name: "monitor", value: oneLine(e.Monitor)},
			property{name: "version", value: version},
			property{name: "tasks", value: strings.Join(e.Tasks, ", ")},
			property{name: "status", value: e.Status, colour: statusColour(e.Status)},
			property{name: "queued", value: s.moment(&e.QueuedAt)},
			property{name: "took", value: took(e.StartedAt, e.FinishedAt)},
			property{name: "issues", value: changes(e.Counts)},
			property{name: "incomplete", value: oneLine(e.Incomplete), colour: yellow},
			property{name: "truncated", value: truncated(e.Truncated), colour: yellow},
			property{name: "error", value: oneLine(e.Error), colour: red},
		)
		for i := range e.Routines {
			s.routine(&e.Routines[i])
		}
		s.section("log", logOf(e.Log))
	}
}

func truncated(is bool) string {
	if !is {
		return ""
	}
	return "the search found more than may be created in a run"
}

func (s *Screen) routine(r *client.Routine) {
	duration := seconds(time.Duration(r.Seconds * float64(time.Second)))
	if r.Error == nil {
		s.Linef("\n%s  %d returned in %s", s.paint(bold, r.Name), r.Returned, duration)
		return
	}
	s.Linef("\n%s  %s after %s", s.paint(bold, r.Name), s.paint(red, "failed ("+r.Error.Kind+")"), duration)
	text := r.Error.Message
	if r.Error.Position != "" {
		text = r.Error.Position + ": " + text
	}
	s.Linef("%s", Indented(text))
	if r.Error.Traceback != "" {
		s.Linef("%s", Indented(r.Error.Traceback))
	}
}

func logOf(entries []client.LogEntry) string {
	lines := make([]string, len(entries))
	for i, entry := range entries {
		line := fmt.Sprintf("%s %-7s %s", entry.At.UTC().Format("15:04:05.000"), entry.Level, oneLine(entry.Message))
		if fields := Fields(entry.Fields); fields != "" && fields != "null" {
			line += " " + fields
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}
