package floor

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Issues is the work of one monitor with many issues, on tables of its own.
type Issues struct {
	db DB
	// monitor is the monitor in use: each [Issues.Create] takes a new one.
	monitor int64
	// alert and first are the ids of its alert and of its first issue.
	alert, first int64
	entries      []Entry
}

// NewIssues prepares monitors for the given number of rounds with n issues each.
func NewIssues(ctx context.Context, db DB, n int) (*Issues, error) {
	if err := Setup(ctx, db); err != nil {
		return nil, err
	}
	return &Issues{db: db, first: 1, entries: Entries(n, 1, false)}, nil
}

// Next goes on to a new monitor without issues. It is not part of the work.
func (w *Issues) Next(ctx context.Context) error {
	if w.monitor > 0 {
		w.first += int64(len(w.entries))
	}
	w.monitor++
	w.alert = w.monitor
	return w.db.Do(ctx,
		Statement{"insert into monitors (id, name) values ($1, $2)", []any{w.monitor, fmt.Sprint("monitor ", w.monitor)}},
	)
}

// Create records that all issues are new: an alert, the issues, two events of
// each, two of the alert.
func (w *Issues) Create(ctx context.Context) error {
	now := at(w.db, time.Now())
	statements := w.begin(now)
	statements = append(statements, Statement{
		"insert into alerts (id, monitor_id, status, priority, created_at) values ($1, $2, 'active', 1, $3)",
		[]any{w.alert, w.monitor, now},
	})
	for _, rows := range arrays(w.entries, w.first) {
		statements = append(statements, Statement{
			`insert into issues (id, monitor_id, alert_id, model_id, status, data, created_at, updated_at)
				select r.id, $2, $3, r.model_id, 'active', r.data, $4, $4 from {rows id bigint, model_id text, data json}`,
			[]any{rows, w.monitor, w.alert, now},
		})
	}
	statements = append(statements, w.issueEvents("issue_created", now), w.issueEvents("issue_linked", now))
	statements = append(statements, w.alertEvents(now, "alert_created", "alert_issues_linked")...)
	return w.commit(ctx, statements, len(w.entries), 1, now)
}

// Change records that the data of all issues is another.
func (w *Issues) Change(ctx context.Context, seen int) error {
	now := at(w.db, time.Now())
	statements := slices.Concat(w.begin(now), w.load(), w.newData(Entries(len(w.entries), seen, false), now))
	statements = append(statements, w.issueEvents("issue_updated_not_solved", now))
	statements = append(statements, w.alertEvents(now, "alert_updated")...)
	return w.commit(ctx, statements, len(w.entries), 1, now)
}

// Solve records that the data of all issues is another, by which they are solved.
func (w *Issues) Solve(ctx context.Context, seen int) error {
	now := at(w.db, time.Now())
	statements := slices.Concat(w.begin(now), w.load())
	for _, rows := range arrays(Entries(len(w.entries), seen, true), w.first) {
		statements = append(statements, Statement{
			`update issues set data = r.data, status = 'solved', updated_at = $2, solved_at = $2
				from {rows id bigint, data json} where issues.id = r.id and status = 'active'`,
			[]any{rows, now},
		})
	}
	statements = append(statements, w.issueEvents("issue_updated_solved", now), w.issueEvents("issue_solved", now))
	statements = append(statements, Statement{
		"update alerts set status = 'solved', solved_at = $2 where id = $1 and status = 'active'", []any{w.alert, now},
	})
	statements = append(statements, w.alertEvents(now, "alert_solved")...)
	return w.commit(ctx, statements, 0, 0, now)
}

func (w *Issues) newData(entries []Entry, now any) []Statement {
	var statements []Statement
	for _, rows := range arrays(entries, w.first) {
		statements = append(statements, Statement{
			"update issues set data = r.data, updated_at = $2 from {rows id bigint, data json} where issues.id = r.id and status = 'active'",
			[]any{rows, now},
		})
	}
	return statements
}

// begin locks the monitor and records the execution.
func (w *Issues) begin(now any) []Statement {
	return []Statement{
		{"select revision from monitors where id = $1 {lock}", []any{w.monitor}},
		{
			"insert into executions (monitor_id, status, token, queued_at, started_at) values ($1, 'running', 'token', $2, $2)",
			[]any{w.monitor, now},
		},
	}
}

// load reads what the monitor's code is to be asked about.
func (w *Issues) load() []Statement {
	return []Statement{
		{"select id, model_id, status, data, created_at from issues where monitor_id = $1 and status = 'active' order by id", []any{w.monitor}},
		{"select id, priority, created_at from alerts where monitor_id = $1 and status = 'active'", []any{w.monitor}},
	}
}

func (w *Issues) issueEvents(name string, now any) Statement {
	return Statement{
		`insert into events (monitor_id, name, source, source_id, data, created_at)
			select monitor_id, $2, 'issue', id, data, $3 from issues where alert_id = $1 order by id`,
		[]any{w.alert, name, now},
	}
}

func (w *Issues) alertEvents(now any, names ...string) []Statement {
	var statements []Statement
	for _, name := range names {
		statements = append(statements, Statement{
			"insert into events (monitor_id, name, source, source_id, data, created_at) values ($1, $2, 'alert', $3, '{}', $4)",
			[]any{w.monitor, name, w.alert, now},
		})
	}
	return statements
}

// commit adds the ends of execution and monitor, and writes all in one transaction.
func (w *Issues) commit(ctx context.Context, statements []Statement, issues, alerts int, now any) error {
	return w.db.Do(ctx, append(statements,
		Statement{"update executions set status = 'succeeded', finished_at = $2, report = '{}' where monitor_id = $1 and status = 'running'", []any{w.monitor, now}},
		Statement{"update monitors set revision = revision + 1, active_issues = $2, active_alerts = $3 where id = $1", []any{w.monitor, issues, alerts}},
	)...)
}
