package monitors_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
)

// history is a monitor's life, without a store.
type history struct {
	runner  *run.Runner
	program *script.Program
	stored  monitor.Snapshot
	lastID  int64
	// created and solved count issues, rises how often an alert became more important.
	created, solved, rises int
}

func newHistory(t *testing.T, runner *run.Runner, program *script.Program) *history {
	t.Helper()
	stored := monitor.Snapshot{Closed: map[string]bool{}, Variables: map[string]monitor.Data{}}
	stored.Monitor.ID, stored.Monitor.Enabled = 1, true
	return &history{runner: runner, program: program, stored: stored}
}

// run runs the monitor once and keeps what its plan changes.
func (h *history) run(t *testing.T) {
	t.Helper()
	declaration := h.program.Declaration()
	now := time.Now()
	result, err := h.runner.Run(t.Context(), h.program, &h.stored, declaration.Tasks(), now, 1)
	require.NoError(t, err)
	plan := h.runner.Plan(h.program, &result, h.stored, now)
	require.Equal(t, monitor.ExecutionSucceeded, plan.Execution.Status, "%s: %s", h.program.Declaration().Summary, plan.Execution.Report.Error)
	require.Empty(t, warnings(plan.Execution.Report))
	h.apply(&plan)
	for _, event := range plan.Events {
		if event.Name == monitor.AlertPriorityIncreased {
			h.rises++
		}
		h.react(t, event, now)
	}
}

func warnings(report monitor.Report) (found []string) {
	for _, line := range report.Log {
		if line.Level == monitor.LogWarning {
			found = append(found, line.Message)
		}
	}
	return found
}

func (h *history) apply(plan *monitor.Plan) {
	alerts, issues := map[int64]monitor.Alert{}, map[int64]monitor.Issue{}
	for _, alert := range h.stored.Alerts {
		alerts[alert.ID] = alert
	}
	for _, issue := range h.stored.Issues {
		issues[issue.ID] = issue
	}
	for _, alert := range plan.NewAlerts {
		h.lastID++
		alert.ID = h.lastID
		alerts[alert.ID] = *alert
	}
	for _, alert := range plan.Alerts {
		alerts[alert.ID] = *alert
	}
	for _, issue := range plan.Created {
		h.lastID++
		issue.ID = h.lastID
		h.created++
	}
	for _, changed := range [][]*monitor.Issue{plan.Created, plan.Updated, plan.Linked, plan.Ended} {
		for _, issue := range changed {
			if issue.NewAlert != nil {
				issue.AlertID, issue.NewAlert = issue.NewAlert.ID, nil
			}
			issues[issue.ID] = *issue
		}
	}
	h.stored.Alerts, h.stored.Issues = nil, nil
	for id := range h.lastID + 1 {
		if alert, ok := alerts[id]; ok && alert.Status == monitor.AlertActive {
			h.stored.Alerts = append(h.stored.Alerts, alert)
		}
		switch issue, ok := issues[id]; {
		case ok && issue.Status == monitor.IssueActive:
			h.stored.Issues = append(h.stored.Issues, issue)
		case ok && issue.Status == monitor.IssueSolved:
			h.solved++
		}
	}
	for name, value := range plan.Variables {
		h.stored.Variables[name] = value
	}
}

// react calls the monitor's function for an event, if it has one.
func (h *history) react(t *testing.T, event monitor.Event, now time.Time) {
	t.Helper()
	if !event.React {
		return
	}
	record := monitor.EventRecord{Name: event.Name, Source: monitor.SourceIssue, MonitorID: 1, CreatedAt: now, Data: `{"model_id":"1"}`}
	if event.Alert != nil {
		record.Source, record.Data = monitor.SourceAlert, `{"priority":3}`
	}
	extra, err := json.Marshal(event.Extra)
	require.NoError(t, err)
	record.Extra = monitor.Data(extra)
	variables, err := h.runner.React(t.Context(), h.program, &record, h.stored.Variables, now, 1)
	require.NoError(t, err, event.Name)
	for name, value := range variables {
		h.stored.Variables[name] = value
	}
}
