package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Status counts what the platform as a whole is doing.
func (s *Store) Status(ctx context.Context, now time.Time) (store.Status, error) {
	status := store.Status{ActiveAlerts: map[monitor.Priority]int{}, AcknowledgedAlerts: map[monitor.Priority]int{}}
	err := s.database.Read(ctx,
		s.query(func(scan Scan) error {
			return scan(&status.Monitors, &status.EnabledMonitors, &status.ActiveIssues, &status.OverdueMonitors)
		}, `select count(*), count(case when m.enabled then 1 end), cast(coalesce(sum(m.active_issues), 0) as bigint),
				count(case when `+overdueIf("$1")+` then 1 end)
			from monitors m where m.archived_at is null`, now.Add(-overdueAfter)),
		s.query(func(scan Scan) error {
			var priority, count, acknowledged int
			err := scan(&priority, &count, &acknowledged)
			status.ActiveAlerts[monitor.Priority(priority)] = count
			status.AcknowledgedAlerts[monitor.Priority(priority)] = acknowledged
			return err
		}, `select priority, count(*), count(case when acknowledged and acknowledge_priority <= priority then 1 end)
			from alerts where status = 'active' group by priority order by priority`),
		s.query(func(scan Scan) error { return scan(&status.OldestDueAt) },
			`select min(next_due_at) from monitors where next_due_at is not null and next_due_at <= $1`, now),
		s.query(func(scan Scan) error { return scan(&status.QueuedExecutions, &status.OldestQueuedAt) },
			`select count(*), min(queued_at) from executions where status = 'queued'`),
		s.query(func(scan Scan) error { return scan(&status.RunningExecutions) },
			`select count(*) from executions where status = 'running'`),
		s.query(func(scan Scan) error { return scan(&status.Executors) },
			`select count(*) from executors where lease_expires_at > $1`, now),
		s.query(func(scan Scan) error { return scan(&status.OpenDeliveries, &status.DeadDeliveries) },
			`select count(case when status <> 'dead' then 1 end), count(case when status = 'dead' then 1 end) from deliveries`),
	)
	return status, wrap(err, "read status")
}
