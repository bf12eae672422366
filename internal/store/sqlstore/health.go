package sqlstore

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// overdueAfter is how long a monitor may be due without being claimed before what
// it last said is no longer trusted (R79): long enough for a restart.
const overdueAfter = 5 * time.Minute

// healthOf is the health of monitors m as an expression (R79). overdue refers to
// the time before which a next_due_at is overdue. It is the one definition, so
// that filters and views agree.
func healthOf(overdue string) string {
	return `case when not m.enabled or m.archived_at is not null then '` + string(monitor.HealthDisabled) + `'
		when m.last_execution_id is null or not m.last_proven or ` + overdueIf(overdue) + ` then '` + string(monitor.HealthUnknown) + `'
		when m.active_issues > 0 then '` + string(monitor.HealthViolating) + `'
		else '` + string(monitor.HealthOK) + `' end`
}

// overdueIf tells whether monitors m is overdue: a monitor that is disabled or busy
// has no next_due_at.
func overdueIf(overdue string) string {
	return `coalesce(m.next_due_at < cast(` + overdue + ` as {time}), false)`
}
