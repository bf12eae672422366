package trial_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/lifecycle"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/run"
	"github.com/vedettehq/vedette/internal/script"
	"github.com/vedettehq/vedette/internal/script/lib"
	"github.com/vedettehq/vedette/internal/testenv"
	"github.com/vedettehq/vedette/internal/trial"
)

func TestMain(m *testing.M) { testenv.Main(m) }

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// table answers every query with its rows, or else fails.
type table monitor.Rows

func (t table) Query(ctx context.Context, _ monitor.Query) (monitor.Rows, error) {
	if t == nil {
		return nil, &monitor.Failure{Kind: monitor.FailureQuery, Message: "no such table: orders"}
	}
	return monitor.Rows(t), ctx.Err()
}

func engine(databases run.Querier, receivers ...string) *trial.Engine {
	return trial.New(script.NewCompiler(lib.All(), script.Config{Receivers: receivers}), databases, trial.Config{
		Run:       run.Config{Plan: lifecycle.Limits{MaxIssuesCreation: 2, SaveEvents: lifecycle.SaveAll}},
		Receivers: receivers,
		Now:       func() time.Time { return noon },
	})
}

func files(code string) monitor.Files { return monitor.Files{monitor.CodeFile: code} }

const orders = `monitor(
    search_cron = "@daily", update_cron = "@daily", model_id_key = "id",
    alert = count_rule(low = 0, high = 2), dismiss_acknowledge_on_new_issues = True,
    notifications = [receiver("payments", title = "Orders", min_priority_to_send = "high"), receiver("nobody")],
)
def search():
    variables.set("seen", 3)
    log.info("looked", at = now())
    return query("shop", "select id, status from orders where id > ?", 5)
def update(issues):
    return [issue | {"status": "paid"} for issue in issues]
def is_solved(issue):
    return issue["status"] == "done"
def on_issue_created(event):
    pass
`

// stored is a monitor with an acknowledged alert of two issues, of which one is
// solved.
func stored() monitor.Snapshot {
	issue := func(id int64, modelID string, data monitor.Data) monitor.Issue {
		return monitor.Issue{ID: id, MonitorID: 1, AlertID: 4, ModelID: modelID, Status: monitor.IssueActive, Data: data, CreatedAt: noon, UpdatedAt: noon}
	}
	return monitor.Snapshot{
		Monitor: monitor.Monitor{ID: 1, Name: "orders", Enabled: true},
		Alerts: []monitor.Alert{{
			ID: 4, MonitorID: 1, Status: monitor.AlertActive, Priority: monitor.Low,
			Acknowledged: true, AcknowledgePriority: monitor.Low, ActiveIssues: 2,
		}},
		Issues:    []monitor.Issue{issue(7, "1", `{"id":1,"status":"new"}`), issue(8, "2", `{"id":2,"status":"done"}`)},
		Variables: map[string]monitor.Data{},
	}
}

func try(t *testing.T, e *trial.Engine, r trial.Request) client.Preview {
	t.Helper()
	preview, diagnostics, err := e.Try(t.Context(), r)
	require.NoError(t, err)
	require.False(t, diagnostics.HasErrors(), diagnostics)
	return preview
}

func TestTry_ThePlanOfAStoredMonitor(t *testing.T) {
	t.Parallel()
	rows := table{`{"id":3,"status":"new"}`, `{"id":4,"status":"new"}`, `{"id":5,"status":"new"}`}
	loaded := stored()
	p := try(t, engine(rows, "payments"), trial.Request{Name: "orders", Files: files(orders), Snapshot: loaded})
	require.Equal(t, stored(), loaded, "what was handed in is as it was")

	require.Equal(t, "succeeded", p.Status)
	require.Equal(t, []string{"update", "search"}, p.Tasks)
	require.True(t, p.Truncated, "three were found, and two may be created")
	require.Equal(t, 2, p.ActiveIssues)
	require.Len(t, p.Created, 2)
	require.Nil(t, p.Created[0].ID)
	require.Equal(t, []client.PreviewIssue{
		{ID: new(int64(7)), ModelID: "1", Before: json.RawMessage(`{"id":1,"status":"new"}`), Data: json.RawMessage(`{"id":1,"status":"paid"}`)},
		{ID: new(int64(8)), ModelID: "2", Before: json.RawMessage(`{"id":2,"status":"done"}`), Data: json.RawMessage(`{"id":2,"status":"paid"}`)},
	}, p.Updated)
	require.Equal(t, []client.PreviewAlert{{
		ID: new(int64(4)), Status: "active", Priority: 2, PreviousPriority: new(4), ActiveIssues: 4, PreviousActiveIssues: 2,
		LinkedIssues: 2, AcknowledgeDismissed: true,
	}}, p.Alerts)
	require.Equal(t, []client.PreviewNotification{
		{Receiver: "payments", Configured: true, Title: "Orders", AlertID: new(int64(4)), Priority: 2, Action: "created", Mention: true},
		{Receiver: "nobody", Title: "orders", AlertID: new(int64(4)), Priority: 2, Action: "created", Mention: true},
	}, p.Notifications)
	require.Contains(t, p.Events, client.PreviewEvent{EventName: "issue_created", Count: 2, Reaction: true})
	require.Contains(t, p.Events, client.PreviewEvent{EventName: "alert_priority_increased", Count: 1})
	require.Empty(t, p.Variables, "a search that was cut keeps no bookmark (R02)")
	require.Equal(t, 1, p.QueryCount)
	require.Equal(t, 1, p.Queries[0].Arguments)
	require.Equal(t, 3, p.Queries[0].Rows)
	require.Equal(t, []string{"id", "status"}, p.Queries[0].Sample.Columns)
	require.Equal(t, client.PreviewRow{
		Values: []json.RawMessage{json.RawMessage("3"), json.RawMessage(`"new"`)}, Cut: []client.PreviewCut{},
	}, p.Queries[0].Sample.Rows[0])
	require.Equal(t, "looked", p.Log[0].Message)
	require.Equal(t, `unknown receiver "nobody": there is payments`, p.Diagnostics[0].Message)
}

func TestTry_IssuesThatEnd(t *testing.T) {
	t.Parallel()
	p := try(t, engine(table{}), trial.Request{
		Name: "orders", Tasks: monitor.TaskSearch, Files: files(orders), Snapshot: stored(),
	})
	require.Equal(t, []client.PreviewIssue{{ID: new(int64(8)), ModelID: "2", Data: json.RawMessage(`{"id":2,"status":"done"}`), Reason: "predicate"}}, p.Solved)
	require.Equal(t, map[string]json.RawMessage{"seen": json.RawMessage("3")}, p.Variables)
	require.Equal(t, 1, p.Alerts[0].ActiveIssues)

	drops := `monitor(search_cron = "@daily", update_cron = "@daily", model_id_key = "id", solvable = False, missing = "drop")
def search(): return []
def update(issues): return []
`
	p = try(t, engine(table(nil)), trial.Request{Name: "orders", Files: files(drops), Snapshot: stored()})
	require.Len(t, p.Dropped, 2)
	require.Equal(t, "missing", p.Dropped[0].Reason)
	require.Equal(t, "solved", p.Alerts[0].Status)
	require.Zero(t, p.Alerts[0].ActiveIssues)
}

func TestTry_IssuesThatAreMadeUp(t *testing.T) {
	t.Parallel()
	request := trial.Request{
		Name: "orders", Files: files(orders), Snapshot: stored(),
		Issues: []monitor.Data{`{ "id" : 9.0, "status": "done" }`},
		Tasks:  monitor.TaskUpdate,
	}
	p := try(t, engine(table(nil)), request)
	require.Equal(t, 1, p.ActiveIssues)
	require.Equal(t, []client.PreviewIssue{{
		ModelID: "9", Before: json.RawMessage(`{"id":9,"status":"done"}`), Data: json.RawMessage(`{"id":9,"status":"paid"}`),
	}}, p.Updated, "without an id: nobody could look it up")

	request.Issues = []monitor.Data{}
	require.Zero(t, try(t, engine(table(nil)), request).ActiveIssues)

	for want, given := range map[string][]monitor.Data{
		`issues[0]: it has no field "id", the model id`:                                            {`{"x":1}`},
		`issues[1]: it must be an object with the field "id", the model id`:                        {`{"id":1}`, `[1]`},
		`issues[1]: id is "1" as in issues[0]: an issue is active once`:                            {`{"id":1}`, `{"id":"1"}`},
		`issues[0]: JSON at offset 6: unexpected end`:                                              {`{"id":`},
		`issues[0]: field "id", the model id, is a bool: only texts and numbers identify an issue`: {`{"id":true}`},
	} {
		request.Issues = given
		_, _, err := engine(table(nil)).Try(t.Context(), request)
		require.EqualError(t, err, want)
		require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))
	}
}

func TestTry_UniqueMonitorsDoNotFindAgainWhatHasEnded(t *testing.T) {
	t.Parallel()
	letters := `monitor(search_cron = "@daily", model_id_key = "id", solvable = False, unique = True)
def search(): return [{"id": 1}, {"id": 2}]
`
	request := trial.Request{Name: "letters", Files: files(letters), Closed: func(_ context.Context, ids []string) (map[string]bool, error) {
		require.Equal(t, []string{"1", "2"}, ids)
		return map[string]bool{"1": true}, nil
	}}
	p := try(t, engine(table(nil)), request)
	require.Len(t, p.Created, 1)
	require.Equal(t, "2", p.Created[0].ModelID)

	away := errors.New("away")
	request.Closed = func(context.Context, []string) (map[string]bool, error) { return nil, away }
	_, _, err := engine(table(nil)).Try(t.Context(), request)
	require.ErrorIs(t, err, away)
}

func TestTry_WhatGoesWrong(t *testing.T) {
	t.Parallel()
	p := try(t, engine(table(nil)), trial.Request{Name: "orders", Files: files(orders), Tasks: monitor.TaskSearch})
	require.Equal(t, "failed", p.Status)
	require.Equal(t, "search: monitor.star:9:12: no such table: orders", p.Error)
	require.Contains(t, p.Routines[0].Error.Traceback, `return query("shop", "select id`)
	require.Equal(t, "no such table: orders", p.Queries[0].Error)
	require.Nil(t, p.Queries[0].Sample)

	_, diagnostics, err := engine(table(nil)).Try(t.Context(), trial.Request{Name: "orders", Files: files("x = y")})
	require.NoError(t, err)
	require.True(t, diagnostics.HasErrors())
	require.Equal(t, diagnostics, engine(table(nil)).Validate("orders", files("x = y")))

	searches := `monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search(): return None
`
	_, _, err = engine(table(nil)).Try(t.Context(), trial.Request{Name: "orders", Files: files(searches), Tasks: monitor.TaskUpdate})
	require.EqualError(t, err, "tasks: orders has no update(): it has search()")
	require.Equal(t, monitor.CodeInvalid, monitor.CodeOf(err))

	cancelled, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("the client went away")
	cancel(gone)
	_, _, err = engine(table(nil)).Try(cancelled, trial.Request{Name: "orders", Files: files(searches)})
	require.ErrorIs(t, err, gone)
}

func TestTry_ShowsHowResultsBegin(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1200)
	rows := slices.Repeat(table{monitor.Data(`{"id":12345678901234567890,"note":"` + long + `","empty":"","none":null}`)}, 25)
	p := try(t, engine(rows), trial.Request{Name: "orders", Tasks: monitor.TaskSearch, Files: files(orders)})
	query := p.Queries[0]
	require.Equal(t, 25, query.Rows)
	require.Equal(t, []string{"id", "note", "empty", "none"}, query.Sample.Columns)
	require.Equal(t, 4, query.Sample.ColumnCount)
	require.Len(t, query.Sample.Rows, 20)
	text, err := json.Marshal(query.Sample.Rows[19])
	require.NoError(t, err)
	require.JSONEq(t, `{"values":[12345678901234567890,"`+long[:1000]+`","",null],"cut":[{"column":1,"kind":"text","characters":1200}]}`, string(text))
	require.Contains(t, string(text), "[12345678901234567890,", "numbers as they are")

	p = try(t, engine(table{}), trial.Request{Name: "orders", Tasks: monitor.TaskSearch, Files: files(orders)})
	text, err = json.Marshal(p.Queries[0].Sample)
	require.NoError(t, err)
	require.JSONEq(t, `{"columns":[],"column_count":0,"rows":[]}`, string(text))
}

func TestTry_ListsAreNeverNull(t *testing.T) {
	t.Parallel()
	code := `monitor(search_cron = "@daily", model_id_key = "id", solvable = False)
def search(): return None
`
	text, err := json.Marshal(try(t, engine(table(nil)), trial.Request{Name: "orders", Files: files(code)}))
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(text), "null"), text)
	require.Contains(t, string(text), `"error":null`, "of the routine")
}
