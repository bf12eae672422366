package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// ran is an execution.
type ran struct {
	id                        int64
	monitor, status           string
	queued, started, finished time.Time
}

// histories reads the executions of each monitor, in their order.
func (i *installation) histories(ctx context.Context) (found map[string][]ran, err error) {
	rows, err := i.db.QueryContext(ctx, fmt.Sprintf(`select e.id, m.name, e.status, %s, %s, %s from executions e join monitors m on m.id = e.monitor_id
		order by e.id`, i.micros("e.queued_at"), i.micros("e.started_at"), i.micros("e.finished_at")))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	found = map[string][]ran{}
	for rows.Next() {
		var r ran
		var queued int64
		var started, finished sql.NullInt64
		if err := rows.Scan(&r.id, &r.monitor, &r.status, &queued, &started, &finished); err != nil {
			return nil, err
		}
		r.queued = time.UnixMicro(queued)
		if started.Valid {
			r.started = time.UnixMicro(started.Int64)
		}
		if finished.Valid {
			r.finished = time.UnixMicro(finished.Int64)
		}
		found[r.monitor] = append(found[r.monitor], r)
	}
	return found, rows.Err()
}

// againstSchedule holds what was done against what was due: each execution is
// queued when its monitor is due, but for the times in which there was no
// database or no controller, or the machine was held up; taken soon after; and never before the one before it
// has ended. Each of these times was taken before its statement ran, so by as much
// as statements may wait they may be too early.
func againstSchedule(ctx context.Context, i *installation) ([]string, error) {
	histories, err := i.histories(ctx)
	if err != nil {
		return nil, err
	}
	v := verdict{tolerance: i.pace.tolerance, excused: append(i.watch.away(), i.away...), machine: i.canary}
	for n := range i.monitors {
		cron, err := monitor.ParseCron(cronOf(n), time.UTC)
		if err != nil {
			return nil, err
		}
		history := histories[monitorName(n)]
		if len(history) == 0 {
			v.broken = append(v.broken, monitorName(n)+" was never run")
		}
		lost := 0
		for at := 1; at < len(history); at++ {
			before, next := history[at-1], history[at]
			due := dueAfter(before, cron, lost)
			if before.status == string(monitor.ExecutionLost) {
				lost++
			} else {
				lost = 0
			}
			v.judge(before, next, due)
		}
	}
	i.latest = v.latest
	return v.broken, nil
}

// dueAfter is when a monitor is due after an execution, having been lost so many
// times in a row before that.
func dueAfter(before ran, cron monitor.Cron, lost int) time.Time {
	if before.status == string(monitor.ExecutionLost) {
		wait := time.Duration(0)
		if lost > 0 {
			wait = time.Minute << (min(lost, 7) - 1)
		}
		return before.finished.Add(wait)
	}
	due := cron.Next(before.queued)
	if due.Before(before.finished) {
		due = before.finished
	}
	return due
}

// verdict gathers what is against the schedule.
type verdict struct {
	tolerance time.Duration
	// excused are the times in which nothing could be done.
	excused []span
	// machine knows what was lost of the others.
	machine *canary
	broken  []string
	// latest is how late the latest thing was, without what is excused.
	latest time.Duration
}

func (v *verdict) judge(before, next ran, due time.Time) {
	if next.queued.Before(before.finished.Add(-v.tolerance)) {
		v.broken = append(v.broken, fmt.Sprintf("%s: %d was queued at %s, before %d ended at %s", next.monitor, next.id, next.queued, before.id, before.finished))
	}
	if by, late := v.late(due, next.queued); late {
		v.broken = append(v.broken, fmt.Sprintf("%s: %d was due at %s and queued %s late", next.monitor, next.id, due, round(by)))
	}
	if by, late := v.late(next.queued, next.started); late && !next.started.IsZero() {
		v.broken = append(v.broken, fmt.Sprintf("%s: %d was queued at %s and taken %s later", next.monitor, next.id, next.queued, round(by)))
	}
}

// late is by how much something came after its time, and whether that is too much.
func (v *verdict) late(due, done time.Time) (by time.Duration, late bool) {
	s := span{due, done}
	by = done.Sub(due) - s.overlap(v.excused) - v.machine.lost(s, v.excused)
	v.latest = max(v.latest, by)
	return by, by > v.tolerance
}

// longestGaps is, for each monitor, the longest time without a run that succeeded.
func (i *installation) longestGaps(ctx context.Context) (map[string]time.Duration, error) {
	histories, err := i.histories(ctx)
	if err != nil {
		return nil, err
	}
	gaps := map[string]time.Duration{}
	for name, history := range histories {
		var last time.Time
		for _, r := range history {
			if r.status != string(monitor.ExecutionSucceeded) {
				continue
			}
			if !last.IsZero() {
				gaps[name] = max(gaps[name], r.finished.Sub(last))
			}
			last = r.finished
		}
	}
	return gaps, nil
}
