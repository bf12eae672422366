package storetest

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
	"github.com/vedettehq/vedette/internal/store/sqlstore"
	"github.com/vedettehq/vedette/internal/testenv"
)

// Plans is a store whose queries' plans are looked at.
type Plans struct {
	// Open makes a store that records its statements.
	Open func(t testing.TB) (database store.Database, recorder *Recorder)
	// Analyze has the database count what is in its tables.
	Analyze string
	// Explain gives a statement's plan, a line each.
	Explain func(t testing.TB, recorder *Recorder, statement *sqlstore.Statement) []string
	// Whole matches a line that reads a whole table, and captures the table.
	Whole *regexp.Regexp
}

// historyRows is how many rows of each kind there are besides the few that matter.
const historyRows = 20_000

// big are the tables that grow with history or with the number of monitors: no
// query on the path of a run, and no list, may read one of them whole.
var big = map[string]bool{"monitors": true, "executions": true, "alerts": true, "issues": true, "events": true, "deliveries": true, "monitor_versions": true}

// overview is of what is about all monitors, and so may go through them.
const overview = "overview"

// stopsAtLimit matches statements that read a table in the order of its ids, all of
// which they want, or nearly all, and stop when they have enough.
var stopsAtLimit = regexp.MustCompile(`(?s)^select [^?]*from \w+ \w join monitors m on m.id = \w.monitor_id( where \w\.id not in \(.*\))?\s+order by|\) oldest\s`)

// RunPlans shows that the queries that must not get slower with history use their
// indexes.
func RunPlans(t *testing.T, p Plans) {
	testenv.NeedsTime(t)
	t.Parallel()
	database, recorder := p.Open(t)
	f := &fixture{T: t, store: database, now: database.Now()}
	f.fill(recorder, p.Analyze)
	recorder.Take()
	for _, step := range []struct {
		name string
		do   func(*fixture)
	}{
		{"claim", func(f *fixture) { require.NotEmpty(t, f.claim()) }},
		{"take, load and commit", plansOfARun},
		{"take the hinted one", func(f *fixture) {
			_, err := f.store.Take(t.Context(), me, 1, f.now)
			require.NoError(t, err)
		}},
		{"sweep", func(f *fixture) {
			_, err := f.store.EndLost(t.Context(), f.now, me)
			require.NoError(t, err)
		}},
		{"deliveries", func(f *fixture) {
			for _, d := range f.takeDeliveries(me, 10, 1) {
				f.settle(d)
			}
			f.deliveries(store.DeliveryFilter{Status: monitor.DeliveryDead}, store.Page{Limit: 10})
			f.redeliver(store.Redelivery{Events: []int64{7}})
		}},
		{"actions", plansOfActions},
		{"lists", plansOfLists},
		{"edition", func(f *fixture) { f.edition() }},
		{overview, plansOfOverview},
		{"versions and trials", plansOfVersions},
		{"silences", plansOfSilences},
		{"cleaning", func(f *fixture) {
			require.Zero(t, f.cleanEvents(f.now.Add(-10000*time.Hour), 100))
			_, err := f.store.CleanExecutions(t.Context(), f.now.Add(-10000*time.Hour), 100)
			require.NoError(t, err)
		}},
	} {
		step.do(f)
		seen := map[string]bool{}
		for _, statement := range recorder.Take() {
			if seen[statement.SQL] {
				continue
			}
			seen[statement.SQL] = true
			p.check(t, recorder, step.name, statement)
		}
	}
}

func (p Plans) check(t *testing.T, recorder *Recorder, step string, statement *sqlstore.Statement) {
	t.Helper()
	if stopsAtLimit.MatchString(statement.SQL) {
		return
	}
	plan := p.Explain(t, recorder, statement)
	recorder.Take()
	for _, line := range plan {
		match := p.Whole.FindStringSubmatch(line)
		if match == nil {
			continue
		}
		table := tableOf(match[1], statement.SQL)
		if big[table] && (step != overview || table != "monitors") {
			t.Errorf("%s reads all %s:\n%s\n\n%s", step, table, statement.SQL, strings.Join(plan, "\n"))
		}
	}
}

// tableOf gives the table that a name in a plan stands for in a statement.
func tableOf(name, sql string) string {
	for table := range big {
		if regexp.MustCompile(`\b` + table + ` ` + name + `\b`).MatchString(sql) {
			return table
		}
	}
	return name
}

func plansOfARun(f *fixture) {
	taken := f.take()
	loaded := f.load(taken.Fence)
	loaded.Monitor.Revision = -1 // Has it read again.
	_, err := f.store.Commit(f.Context(), taken.Fence, loaded, []string{"x", "y"}, f.now, f.decide(reacting, creating("a", "b"), func(p *planning) {
		p.Variables = map[string]monitor.Data{"v": "1"}
	}))
	require.NoError(f, err)
	ended, err := f.store.Ended(f.Context(), taken.Fence)
	require.NoError(f, err)
	require.True(f, ended)
	taken = f.taken(taken.MonitorName)
	_, err = f.commit(taken.Fence, f.load(taken.Fence), updating(`{"id":"a"}`), solving)
	require.NoError(f, err)
	taken = f.taken(taken.MonitorName)
	require.NoError(f, f.store.HandBack(f.Context(), []monitor.Fence{taken.Fence}))
}

func plansOfActions(f *fixture) {
	f.run("m00100", creating("a", "b"))
	f.change(store.Scope{AlertID: f.active("m00100").Alerts[0].ID, Issues: true}, acknowledging)
	f.change(store.Scope{IssueID: f.active("m00100").Issues[0].ID})
	enable(f, "m00100", false)
	f.register("m00101", content("changed"))
	_, err := f.store.HasHash(f.Context(), "m00101", "h")
	require.NoError(f, err)
}

func plansOfLists(f *fixture) {
	page := store.Page{Limit: 20}
	older := store.Page{Limit: 20, BeforeID: historyRows / 2}
	for _, list := range []func(page store.Page) error{
		func(page store.Page) error {
			page.BeforeID = 0
			_, err := f.store.Monitors(f.Context(), store.MonitorFilter{}, page)
			return err
		},
		func(store.Page) error {
			_, err := f.store.Monitor(f.Context(), "m00100")
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Alerts(f.Context(), store.AlertFilter{}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Alerts(f.Context(), store.AlertFilter{Status: monitor.AlertActive}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Alerts(f.Context(), store.AlertFilter{Monitor: "m00100"}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Issues(f.Context(), store.IssueFilter{}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Issues(f.Context(), store.IssueFilter{Status: monitor.IssueActive}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Issues(f.Context(), store.IssueFilter{Monitor: "m00100"}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Issues(f.Context(), store.IssueFilter{AlertID: 100, Status: monitor.IssueActive}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Issues(f.Context(), store.IssueFilter{Monitor: "m00100", ModelID: "a"}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Executions(f.Context(), store.ExecutionFilter{Monitor: "m00100"}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Executions(f.Context(), store.ExecutionFilter{Status: monitor.ExecutionRunning}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Events(f.Context(), store.EventFilter{}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Events(f.Context(), store.EventFilter{Monitor: "m00100"}, page)
			return err
		},
		func(page store.Page) error {
			_, err := f.store.Events(f.Context(), store.EventFilter{Source: monitor.SourceIssue, SourceID: 100}, page)
			return err
		},
	} {
		require.NoError(f, list(page))
		require.NoError(f, list(older))
	}
}

// fill makes a database that has been in use: many monitors of which few are due,
// and a history of each.
func (f *fixture) fill(recorder *Recorder, analyze string) {
	f.Helper()
	numbers := `with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) `
	write := func(sql string, args ...any) {
		f.Helper()
		require.NoError(f, recorder.Write(f.Context(), &sqlstore.Statement{SQL: sql, Args: args}), sql)
	}
	write(`insert into monitors (name, enabled, source, created_at, solvable, search_cron, update_cron, time_zone, next_search_at, next_due_at)
		`+numbers+`select 'm' || substr(cast(100000 + i as text), 2), true, 'api', $1, true, '0 * * * *', '', 'UTC', $2, $2 from n`,
		f.now, f.now.Add(time.Hour))
	write(`insert into monitor_versions (monitor_id, number, hash, files, declaration, author, message, created_at)
		`+numbers+`select i, 1, 'h' || i, '{}', '{"options":{}}', '', '', $1 from n`, f.now)
	write(`update monitors set version_id = id`)
	for range 2 {
		write(`insert into executions (monitor_id, version_id, tasks, status, queued_at, started_at, finished_at)
			`+numbers+`select i, i, 1, 'succeeded', $1, $1, $1 from n`, f.now)
	}
	write(`update monitors set last_execution_id = id + 20000`)
	write(`insert into alerts (monitor_id, status, priority, acknowledged, locked, created_at, updated_at, solved_at)
		`+numbers+`select i, 'solved', 1, false, false, $1, $1, $1 from n`, f.now)
	write(`insert into issues (monitor_id, alert_id, model_id, status, data, created_at, updated_at, solved_at)
		`+numbers+`select i, i, 'a', 'solved', '{}', $1, $1, $1 from n`, f.now)
	write(`insert into events (monitor_id, name, source, source_id, data, extra, actor, keep, created_at)
		`+numbers+`select i, 'issue_solved', 'issue', i, '{}', '{}', '', true, $1 from n`, f.now)
	write(`insert into deliveries (event_id, monitor_id, source, source_id, target, status, due_at)
		`+numbers+`select i, i, 'issue', i, 'reactions', 'dead', $1 from n`, f.now)
	write(analyze)
	require.NoError(f, f.store.RegisterExecutor(f.Context(), me, f.now, f.now.Add(time.Hour)))
	for _, name := range []string{"m00001", "m00002", "m00003"} {
		f.refresh(name, monitor.TaskSearch)
	}
}

func plansOfOverview(f *fixture) {
	urgent := store.AlertFilter{
		Status: monitor.AlertActive, ByPriority: true, Query: "m001", Labels: map[string]string{"team": "shop"},
		Priorities: []monitor.Priority{monitor.Low, monitor.High},
	}
	f.alertMonitors(urgent, store.Page{Limit: 20})
	f.alertMonitors(urgent, store.Page{Limit: 20, BeforeID: historyRows / 2, AfterPriority: monitor.High})
	f.summary()
	require.Len(f, f.activity(24, func(q *store.ActivityQuery) { q.From = f.now.Add(time.Second) }), 1)
	require.Len(f, f.activity(24, func(q *store.ActivityQuery) { q.From, q.Monitor = f.now.Add(time.Second), "m00100" }), 1)
}

func plansOfVersions(f *fixture) {
	versions, err := f.store.MonitorVersions(f.Context(), "m00100", store.Page{Limit: 20})
	require.NoError(f, err)
	_, err = f.store.MonitorVersion(f.Context(), "m00100", versions[0].Number)
	require.NoError(f, err)
	snapshot, err := f.store.Snapshot(f.Context(), "m00100")
	require.NoError(f, err)
	_, err = f.store.ClosedModelIDs(f.Context(), snapshot.Monitor.ID, []string{"a", "b"})
	require.NoError(f, err)
}

func plansOfSilences(f *fixture) {
	f.run("m00102", creating("a"))
	active := f.active("m00102")
	for _, match := range []monitor.SilenceMatch{
		{Everything: true}, {Monitor: "m00102"}, {Labels: map[string]string{"team": "shop"}}, {Priority: monitor.Low}, {IssueID: active.Issues[0].ID},
	} {
		f.silence(match)
	}
	require.NotEmpty(f, f.silenced(active.Alerts[0].ID))
	for _, silenced := range []bool{true, false} {
		_, err := f.store.Alerts(f.Context(), store.AlertFilter{Silenced: &silenced, Now: f.now}, store.Page{Limit: 20})
		require.NoError(f, err)
	}
	_, err := f.store.EndSilences(f.Context(), f.now.Add(time.Hour), 10)
	require.NoError(f, err)
}
