package cli

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
)

func TestIssue_Golden(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	cursor, execution, ada := "more", int64(9), "ada"
	Issue(&client.IssueDetail{
		Issue: stuckOrder(),
		Timeline: []client.Event{{
			ID: 9, EventName: "issue_dropped", Actor: &ada, ExtraPayload: json.RawMessage(`{"reason":"person","actor":"ada","comment":"a test\norder"}`),
			EventData: json.RawMessage(`{"data":{"order_id":184,"status":"late"}}`), CreatedAt: *ago(time.Minute),
		}, {
			ID: 7, EventName: "issue_updated_not_solved", ExecutionID: &execution, ExtraPayload: json.RawMessage(`{}`),
			EventData: json.RawMessage(`{"data":{"order_id":184,"status":"late"}}`), CreatedAt: *ago(time.Hour),
		}, {
			ID: 4, EventName: "issue_linked", ExecutionID: &execution, ExtraPayload: json.RawMessage(`{}`),
			EventData: json.RawMessage(`{"alert_id":3,"data":{"order_id":184,"status":"new"}}`), CreatedAt: *ago(time.Hour),
		}},
		TimelineCursor: &cursor,
	})(s)
	require.Equal(t, `
issue     12
monitor   stuck_orders
model id  184
status    active
alert     3
created   2026-11-24T11:00:00Z
updated   2026-11-24T11:57:00Z
solved    -
dropped   -

data
    order_id: 184
    status: awaiting_delivery
    note: "late \u001B[31m again"

timeline
    there is more before: vedette event list --source issue --source-id 12
    not all of it is known: events of runs are not kept here (save_events), or old ones were removed
    2026-11-24T11:00:00Z  linked to alert 3, by execution 9
        order_id=184 status=new
    2026-11-24T11:00:00Z  changed, by execution 9
        status: "new" -> "late"
    2026-11-24T11:59:00Z  dropped, by ada
        "a test order"
`, "\n"+b.String())
}

func TestExecution_ShowsWhyItFailed(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	version := 2
	Execution(&client.Execution{
		ID: 9, Monitor: "stuck_orders", Version: &version, Tasks: []string{"update", "search"}, Status: "failed",
		QueuedAt: noon, StartedAt: &noon, FinishedAt: ago(-time.Second), Error: "search() failed: no such table", Truncated: true,
		Routines: []client.Routine{
			{Name: "update", Seconds: 0.0123, Returned: 3},
			{Name: "search", Seconds: 61, Error: &client.Failure{Kind: "query", Message: "no such table", Position: "monitor.star:3:12", Traceback: "Traceback:\n  monitor.star:3:12: in search\n"}},
		},
		Log: []client.LogEntry{{At: noon, Level: "info", Message: "read", Fields: json.RawMessage(`{"rows":7}`)}},
	})(s)
	require.Equal(t, `
execution  9
monitor    stuck_orders
version    2
tasks      update, search
status     failed
queued     2026-11-24T12:00:00Z
took       1s
issues     -
truncated  the search found more than may be created in a run
error      search() failed: no such table

update  3 returned in 12.3ms

search  failed (query) after 1m1s
    monitor.star:3:12: no such table
    Traceback:
      monitor.star:3:12: in search

log
    12:00:00.000 info    read rows=7
`, "\n"+b.String())
}

func TestStatus_ShowsWhatIsWrong(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	status := client.Status{
		Status: "degraded", Version: "v1.2.3", StartedAt: noon,
		Components: []client.Component{{Name: "queue", Status: "failing", Error: "no answer within 2s"}},
		Problems:   map[string][]client.Diagnostic{"broken": {{File: "monitor.star", Line: 3, Column: 1, Severity: "error", Message: "undefined: qery"}}},
	}
	status.Monitors.Total, status.Monitors.Enabled, status.Monitors.Overdue = 2, 1, 1
	status.Alerts.Active, status.Alerts.ByPriority = 3, map[string]int{"low": 1, "critical": 2}
	status.Executions.Queued, status.Executions.OldestQueuedAt = 1, &noon
	Status(&status)(s)
	require.Equal(t, `
status         degraded
version        v1.2.3
started        2026-11-24T12:00:00Z
monitors       2, of which 1 enabled
overdue        1 monitor
active issues  0
active alerts  3 (2 critical, 1 low)
executors      0
executions     0 running, 1 queued, the oldest 2026-11-24T12:00:00Z
deliveries     0 open, 0 dead
queue: failing: no answer within 2s

problems of broken
    monitor.star:3:1: error: undefined: qery
`, "\n"+b.String())
}

func TestMonitorAndAlert_Golden(t *testing.T) {
	t.Parallel()
	s, b := pipe()
	Monitor(&client.Monitor{
		Name: "stuck_orders", Health: "unknown", Labels: map[string]string{"team": "shop", "a": "b"}, Version: 3, Source: "folder",
		UpdateCron: "*/5 * * * *", NextUpdateAt: &noon, Summary: "Orders that are stuck.",
		LastExecution: &client.LastExecution{ID: 9, Status: "failed", QueuedAt: noon, Error: "search() failed: no such table"},
	})(s)
	s.Linef("")
	Alert(&client.Alert{ID: 3, Monitor: "stuck_orders", Status: "active", Priority: 1, CreatedAt: noon, UpdatedAt: noon, ActiveIssues: 1, Silenced: true, Silences: []int64{7, 9}})(s)
	AlertDone(&client.Alert{ID: 3, Monitor: "stuck_orders", Priority: 1, ActiveIssues: 1}, "locked")(s)
	IssueDone(&client.Issue{ID: 12, Monitor: "stuck_orders", ModelID: "184"}, "dropped")(s)
	require.Equal(t, `
name           stuck_orders
health         unknown
active issues  0
active alerts  0
last proven    -
last run       failed 2026-11-24T12:00:00Z (execution 9)
next update    2026-11-24T12:00:00Z (*/5 * * * *)
solved by      people
version        3, from folder
labels         a=b team=shop

last run failed
    search() failed: no such table

documentation
    Orders that are stuck.

alert          3
monitor        stuck_orders
priority       critical
status         active
active issues  1
acknowledged   no
locked         no
silenced       by silences 7, 9
created        2026-11-24T12:00:00Z
updated        2026-11-24T12:00:00Z
solved         -
alert 3 of stuck_orders (critical, 1 active issue): locked
issue 12 of stuck_orders (184): dropped
`, "\n"+b.String())
}

func TestTimeline_R22_SaysHowAnIssueEnded(t *testing.T) {
	t.Parallel()
	execution, ada := int64(9), "ada"
	for _, row := range []struct {
		event client.Event
		want  string
	}{
		{client.Event{EventName: "issue_created", ExecutionID: &execution}, "created, by execution 9"},
		{client.Event{EventName: "issue_updated_solved", ExecutionID: &execution}, "changed, and with that no problem any more, by execution 9"},
		{client.Event{EventName: "issue_solved", ExecutionID: &execution, ExtraPayload: json.RawMessage(`{"reason":"predicate"}`)}, "solved: is_solved says so, by execution 9"},
		{client.Event{EventName: "issue_dropped", ExecutionID: &execution, ExtraPayload: json.RawMessage(`{"reason":"missing"}`)}, "dropped: update did not return it any more, by execution 9"},
		{client.Event{EventName: "issue_solved", Actor: &ada, ExtraPayload: json.RawMessage(`{"reason":"person"}`)}, "solved, by ada"},
		{client.Event{EventName: "issue_dropped", Actor: &ada, ExtraPayload: json.RawMessage(`{"reason":"archived"}`)}, "dropped: its monitor was deleted, by ada"},
		{
			client.Event{EventName: "issue_dropped", Actor: &ada, ExtraPayload: json.RawMessage(`{"reason":"rekeyed"}`)},
			"dropped: its monitor identifies issues by another field now (model_id_key), by ada",
		},
		{client.Event{EventName: "issue_dropped", ExtraPayload: json.RawMessage(`{"reason":"aliens"}`)}, "dropped: aliens"},
		{client.Event{EventName: "issue_stolen", EventData: json.RawMessage(`7`), ExtraPayload: json.RawMessage(`{"by":"x"}`)}, "issue_stolen by=x"},
	} {
		require.Equal(t, row.want, readStep(&row.event).words())
	}
}
