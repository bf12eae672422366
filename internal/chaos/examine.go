package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/store/storetest"
)

// law is something that must hold, whatever has happened.
type law struct {
	name string
	// broken gives what is against it, as a few words each.
	broken func(context.Context, *installation) ([]string, error)
}

// query is a law by which a query finds nothing.
func query(name, sql string) law {
	return law{name, func(ctx context.Context, i *installation) ([]string, error) { return texts(ctx, i.db, sql) }}
}

// laws are those that hold once everything has come to rest. The invariants of
// storetest come on top.
var laws = []law{
	query("no two commits with one token", `select token from executions where token is not null group by token having count(*) > 1`),
	query("no execution is left running", `select cast(id as text) from executions where status = 'running'`),
	query("no execution failed", `select cast(e.id as text) || ' of ' || m.name || ': ' || cast(e.report as text) from executions e join monitors m on m.id = e.monitor_id where e.status = 'failed' limit 10`),
	query("every executor gave up its lease", `select id from executors`),
	query("every delivery is done", `select cast(id as text) || ' ' || status || ' ' || error from deliveries limit 10`),
	query("every run that succeeded counted itself once, and no other did", `select m.name || ': ' || cast(v.value as text) || ' counted, ' || cast(count(*) as text) || ' succeeded'
		from monitors m join variables v on v.monitor_id = m.id and v.name = 'runs'
			join executions e on e.monitor_id = m.id and e.status = 'succeeded' and e.tasks <> 2
		group by m.name, cast(v.value as text) having cast(count(*) as text) <> cast(v.value as text)`),
	query("every entry of a ledger is one issue", `select i.model_id from issues i join monitors m on m.id = i.monitor_id
		where exists (select 1 from variables v where v.monitor_id = m.id and v.name = 'last') group by i.monitor_id, i.model_id having count(*) > 1`),
	query("every bookmark is at the newest issue", `select m.name from monitors m join variables v on v.monitor_id = m.id and v.name = 'last'
		where cast(v.value as text) <> (select cast(max(cast(i.model_id as bigint)) as text) from issues i where i.monitor_id = m.id)`),
	query("no event comes after the end of its issue", `select cast(e.id as text) || ' ' || e.name from events e join events ended
		on ended.source = 'issue' and e.source = 'issue' and ended.source_id = e.source_id
		where ended.name in ('issue_solved', 'issue_dropped') and e.id > ended.id`),
	query("every reaction ran", `select e.name || ' ' || cast(e.source_id as text) from events e join monitors m on m.id = e.monitor_id
		where e.name in ('issue_created', 'issue_solved') and not exists (select 1 from variables l where l.monitor_id = m.id and l.name = 'last')
			and not exists (select 1 from variables v where v.monitor_id = m.id and v.name = e.name || '_' || cast(e.source_id as text)) limit 10`),
	{"platform and source agree", func(ctx context.Context, i *installation) ([]string, error) {
		known, err1 := texts(ctx, i.db, knownSQL)
		open, err2 := texts(ctx, i.source.db, trueSQL)
		return difference(known, open), errors.Join(err1, err2)
	}},
	{"nothing was found that was not there, nor missed that was there for long", againstJournal},
	{"no time at which a monitor was due was missed", againstSchedule},
	{"no process met an internal error", internalErrors},
}

// examine checks all laws.
func (i *installation) examine(ctx context.Context, result *result) error {
	var errs []error
	violations, checked, err := storetest.Violations(ctx, i.database)
	if err != nil {
		return err
	}
	for _, violation := range violations {
		errs = append(errs, errors.New(violation))
	}
	for _, l := range laws {
		broken, err := l.broken(ctx, i)
		if err != nil {
			return fmt.Errorf("%s: %w", l.name, err)
		}
		if len(broken) > 0 {
			errs = append(errs, fmt.Errorf("%s: %s", l.name, strings.Join(broken[:min(10, len(broken))], "; ")))
		}
	}
	result.laws, result.broken, result.latest = checked+len(laws), len(errs), i.latest
	result.heldUp, result.heldUpMost = i.canary.figures()
	return errors.Join(append(errs, i.count(ctx, result))...)
}

var (
	panicked   = regexp.MustCompile(`(?m)^.*(internal error|panic|fatal error|DATA RACE).*$`)
	handedBack = regexp.MustCompile(`"msg":"executions handed back".*"executions":(\d+)`)
)

func internalErrors(_ context.Context, i *installation) (found []string, _ error) {
	for _, m := range i.members {
		found = append(found, panicked.FindAllString(m.log(), 3)...)
	}
	return found, nil
}

// count gathers the figures.
func (i *installation) count(ctx context.Context, result *result) error {
	rows, err := i.db.QueryContext(ctx, `select status || ' ' || cast(count(*) as text) from executions group by status order by status`)
	if err != nil {
		return err
	}
	if result.executions, err = collect[string](rows); err != nil {
		return err
	}
	for name, query := range map[string]string{
		"issues": "select count(*) from issues", "alerts": "select count(*) from alerts", "events": "select count(*) from events",
		"reactions": "select coalesce(sum(cast(cast(value as text) as integer)), 0) from variables where name like 'issue_%'",
	} {
		var count int
		if err := i.db.QueryRowContext(ctx, query).Scan(&count); err != nil {
			return err
		}
		result.note(name, count)
	}
	for _, m := range i.members {
		result.starts += m.starts
		for _, match := range handedBack.FindAllStringSubmatch(m.log(), -1) {
			n, err := strconv.Atoi(match[1])
			if err != nil {
				return err
			}
			result.handedBack += n
		}
	}
	result.note("messages redelivered", i.counted("vedette_queue_redeliveries_total"))
	result.note("messages not ours", i.counted("vedette_queue_foreign_messages_total"))
	return nil
}
