package lifecycle_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
)

// now is the time of all runs and actions; created is that of what they find.
var (
	now     = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	created = now.Add(-time.Hour)
)

// solvable is a monitor with everything; tests change what they are about.
func solvable(change ...func(*monitor.Declaration)) *monitor.Declaration {
	d := &monitor.Declaration{
		Options: monitor.Options{
			ModelIDKey: "id",
			Solvable:   true,
			Missing:    monitor.MissingKeep,
			Rule:       &monitor.Rule{Kind: monitor.CountRule, Levels: map[monitor.Priority]float64{monitor.Low: 0, monitor.High: 2}},
		},
		HasSearch: true, HasUpdate: true, HasIsSolved: true,
	}
	for _, f := range change {
		f(d)
	}
	return d
}

func notSolvable(d *monitor.Declaration) { d.Options.Solvable = false }

func missing(m monitor.Missing) func(*monitor.Declaration) {
	return func(d *monitor.Declaration) { d.Options.Missing = m }
}

func rule(r *monitor.Rule) func(*monitor.Declaration) {
	return func(d *monitor.Declaration) { d.Options.Rule = r }
}

// data is an entry or an issue's data with a model id and a number.
func data(id string, n int) monitor.Data {
	return monitor.Data(fmt.Sprintf(`{"id":%q,"n":%d}`, id, n))
}

// issue is an active one whose model id is "i" and its id.
func issue(id, alertID int64) monitor.Issue {
	modelID := fmt.Sprintf("i%d", id)
	return monitor.Issue{
		ID: id, MonitorID: 1, AlertID: alertID, ModelID: modelID, Status: monitor.IssueActive,
		Data: data(modelID, 0), CreatedAt: created, UpdatedAt: created,
	}
}

func alert(id int64, priority monitor.Priority) monitor.Alert {
	return monitor.Alert{
		ID: id, MonitorID: 1, Status: monitor.AlertActive, Priority: priority, CreatedAt: created, UpdatedAt: created,
	}
}

func snapshot(alerts []monitor.Alert, issues ...monitor.Issue) monitor.Snapshot {
	return monitor.Snapshot{
		Monitor: monitor.Monitor{ID: 1, Name: "stuck_orders", Enabled: true},
		Alerts:  alerts, Issues: issues,
	}
}

func returned(entries ...monitor.Data) monitor.Returned {
	var r monitor.Returned
	for _, entry := range entries {
		r.Entries = append(r.Entries, monitor.Entry{Data: entry})
	}
	return r
}

// updated is the outcome of an update that returned these entries.
func updated(t *testing.T, d *monitor.Declaration, s monitor.Snapshot, entries ...monitor.Data) *monitor.Outcome {
	t.Helper()
	update, warnings := lifecycle.AcceptUpdate(d, &s, returned(entries...), false)
	require.Empty(t, warnings)
	return &monitor.Outcome{Update: update}
}

// found is the outcome of a search that returned entries with these model ids.
func found(t *testing.T, d *monitor.Declaration, s monitor.Snapshot, ids ...string) *monitor.Outcome {
	t.Helper()
	var entries []monitor.Data
	for _, id := range ids {
		entries = append(entries, data(id, 0))
	}
	search, warnings := lifecycle.AcceptSearch(d, &s, returned(entries...))
	require.Empty(t, warnings)
	return &monitor.Outcome{Search: search}
}

func solved(ids ...int64) map[int64]bool {
	set := make(map[int64]bool)
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// plan makes the plan of a run without limits.
func plan(d *monitor.Declaration, o *monitor.Outcome, s monitor.Snapshot) monitor.Plan {
	return lifecycle.Plan(d, o, s, lifecycle.Limits{}, now)
}

// names lists the plan's events: what they are about by model id or alert id, new
// alerts as 0.
func names(p monitor.Plan) []string {
	names := make([]string, len(p.Events))
	for i, event := range p.Events {
		switch {
		case event.Issue != nil:
			names[i] = fmt.Sprintf("%s %s", event.Name, event.Issue.ModelID)
		case event.Alert != nil:
			names[i] = fmt.Sprintf("%s %d", event.Name, event.Alert.ID)
		default:
			names[i] = fmt.Sprintf("%s %s", event.Name, event.Monitor.Name)
		}
	}
	return names
}

func modelIDs(issues []*monitor.Issue) []string {
	ids := make([]string, len(issues))
	for i, issue := range issues {
		ids[i] = issue.ModelID
	}
	return ids
}

func warningsOf(p monitor.Plan) []string {
	var lines []string
	for _, entry := range p.Execution.Report.Log {
		if entry.Level == monitor.LogWarning {
			lines = append(lines, entry.Message)
		}
	}
	return lines
}
