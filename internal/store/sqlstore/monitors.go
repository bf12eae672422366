package sqlstore

import (
	"github.com/vedettehq/vedette/internal/monitor"
)

// monitorColumns are what scanMonitor reads of monitors m.
const monitorColumns = `m.id, m.name, m.enabled, m.revision, coalesce(m.version_id, 0), m.source,
	m.next_search_at, m.next_update_at, m.created_at, m.archived_at`

func scanMonitor(scan Scan, m *monitor.Monitor, more ...any) error {
	return scan(append([]any{
		&m.ID, &m.Name, &m.Enabled, &m.Revision, &m.VersionID, (*string)(&m.Source),
		&m.Schedule.NextSearchAt, &m.Schedule.NextUpdateAt, &m.CreatedAt, &m.ArchivedAt,
	}, more...)...)
}

// busy tells whether an execution of the monitor with this id is queued or running.
// For a monitor that is to be locked it must be a statement of its own after
// that: a statement that waits for a lock goes on seeing what was before.
func busy(id string) string {
	return `exists (select 1 from executions e where e.monitor_id = ` + id + ` and e.status in ('queued', 'running'))`
}

// dueExpression is next_due_at of monitors for the given state: the least of the
// next times, unless something keeps the monitor from being scheduled (R73).
const dueExpression = `case when enabled and archived_at is null
	then {least}(coalesce(next_search_at, next_update_at), coalesce(next_update_at, next_search_at)) end`

// setDueSQL sets next_due_at of one monitor by what its row and executions say.
var setDueSQL = `update monitors set next_due_at = case when not ` + busy("monitors.id") + `
	then ` + dueExpression + ` end
where id = $1`
