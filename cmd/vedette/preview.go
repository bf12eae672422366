package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// shownIssues is how many issues of each kind a preview lists.
const shownIssues = 20

// printPreview tells what a run would do. The first write error ends it.
func printPreview(w io.Writer, p client.Preview) error {
	out := &printer{w: w}
	out.linef("%s: a run of %s, of which nothing was written: %s", p.Monitor, strings.Join(p.Tasks, " and "), p.Status)
	if p.Error != "" {
		out.linef("  %s", p.Error)
	}
	for _, routine := range p.Routines {
		if routine.Error != nil && routine.Error.Traceback != "" {
			out.linef("%s", indent(routine.Error.Traceback))
		}
	}
	out.issues("issues created", p.Created)
	out.issues("issues updated", p.Updated)
	out.issues("issues solved", p.Solved)
	out.issues("issues dropped", p.Dropped)
	out.alerts(p.Alerts)
	out.events(p.Events)
	for _, name := range slices.Sorted(maps.Keys(p.Variables)) {
		out.linef("variable %s = %s", name, p.Variables[name])
	}
	out.queries(p.Queries)
	out.log(p.Log)
	return out.err
}

// printer writes lines until one fails.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) linef(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) issues(title string, issues []client.PreviewIssue) {
	p.linef("%s: %d", title, len(issues))
	for i, issue := range issues {
		if i == shownIssues {
			p.linef("  ... and %d more", len(issues)-shownIssues)
			return
		}
		if issue.Before == nil {
			p.linef("  %s  %s", issue.ModelID, issue.Data)
			continue
		}
		p.linef("  %s  %s", issue.ModelID, strings.Join(difference(monitor.Data(issue.Before), monitor.Data(issue.Data)), "  "))
	}
}

func (p *printer) alerts(alerts []client.PreviewAlert) {
	for _, alert := range alerts {
		switch {
		case alert.PreviousPriority == nil:
			p.linef("alert created: %s", monitor.Priority(alert.Priority))
		case alert.Status == string(monitor.AlertSolved):
			p.linef("alert solved: was %s", monitor.Priority(*alert.PreviousPriority))
		default:
			p.linef("alert: %s -> %s", monitor.Priority(*alert.PreviousPriority), monitor.Priority(alert.Priority))
		}
	}
	if len(alerts) == 0 {
		p.linef("alerts: no change")
	}
}

func (p *printer) events(events []client.PreviewEvent) {
	for _, event := range events {
		p.linef("event %s: %d", event.EventName, event.Count)
	}
}

func (p *printer) queries(queries []client.PreviewQuery) {
	for _, query := range queries {
		took := time.Duration(query.Seconds * float64(time.Second)).Round(100 * time.Microsecond)
		result := fmt.Sprintf("%d rows", query.Rows)
		if query.Error != "" {
			result = query.Error
		}
		p.linef("query by %s on %s: %s in %s: %s", query.Routine, query.Database, result, took, oneLine(query.SQL))
	}
}

func (p *printer) log(entries []client.LogEntry) {
	for _, entry := range entries {
		p.linef("log %s: %s %s", entry.Level, entry.Message, entry.Fields)
	}
}

// difference lists the fields whose values differ.
func difference(before, after monitor.Data) []string {
	var old, changed map[string]monitor.Data
	if json.Unmarshal([]byte(before), &old) != nil || json.Unmarshal([]byte(after), &changed) != nil {
		return []string{string(before) + " -> " + string(after)}
	}
	var fields []string
	for _, name := range sortedKeys(old, changed) {
		from, had := old[name]
		to, has := changed[name]
		switch {
		case !had:
			fields = append(fields, fmt.Sprintf("+%s: %s", name, to))
		case !has:
			fields = append(fields, fmt.Sprintf("-%s: %s", name, from))
		case !monitor.Equal(from, to):
			fields = append(fields, fmt.Sprintf("%s: %s -> %s", name, from, to))
		}
	}
	return fields
}
