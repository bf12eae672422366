package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// problemsCode is a monitor whose problems are solved and come again. It counts
// its runs, and its reactions theirs, in variables.
const problemsCode = `"""Problems of one kind."""

monitor(
    model_id_key = "id", search_cron = "%[2]s", update_cron = "%[2]s",
    alert = count_rule(low = 0, moderate = 1, high = 3, critical = 6), max_issues_creation = 10000,
)

def search():
    variables.set("runs", variables.get("runs", 0) + 1)
    query("source", "select pg_sleep(0.03)::text as slept")
    return query("source", "select id, state, amount from problems where monitor = $1 and state = 'open' order by id", %[1]d)

def update(issues):
    return query("source", "select id, state, amount from problems where id = any($1) order by id", [issue["id"] for issue in issues])

def is_solved(issue):
    return issue["state"] == "fixed"

def count(event):
    name = "{}_{}".format(event.name, event.source_id)
    variables.set(name, variables.get(name, 0) + 1)

def on_issue_created(event):
    count(event)

def on_issue_solved(event):
    count(event)
`

// ledgerCode is a monitor that reads each entry once, by way of a bookmark.
const ledgerCode = `"""Entries of a ledger."""

monitor(model_id_key = "id", search_cron = "%[2]s", solvable = False, max_issues_creation = 10000)

def search():
    variables.set("runs", variables.get("runs", 0) + 1)
    last = variables.get("last", 0)
    found = query("source", "select id, state, amount from problems where monitor = $1 and id > $2 order by id limit 5", %[1]d, last)
    if found:
        variables.set("last", found[-1]["id"])
    return found
`

// isLedger tells of which of the two kinds a monitor is.
func isLedger(monitor int) bool { return monitor%5 == 4 }

func monitorName(monitor int) string { return fmt.Sprintf("m%d", monitor) }

// crons are when monitors are due.
var crons = []string{"* * * * * *", "*/2 * * * * *", "*/3 * * * * *", "1-59/4 * * * * *", "*/5 * * * * *"}

// cronOf is the cron of a monitor: one in ten is due every second.
func cronOf(monitor int) string {
	if monitor%10 == 0 {
		return crons[0]
	}
	return crons[1+monitor%(len(crons)-1)]
}

// writeMonitors writes the folder that controllers read.
func (i *installation) writeMonitors() error {
	for n := range i.monitors {
		code := problemsCode
		if isLedger(n) {
			code = ledgerCode
		}
		folder := filepath.Join(i.dir, "monitors", monitorName(n))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, "monitor.star"), fmt.Appendf(nil, code, n, cronOf(n)), 0o600); err != nil {
			return err
		}
	}
	return nil
}
