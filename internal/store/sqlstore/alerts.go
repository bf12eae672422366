package sqlstore

import "github.com/vedettehq/vedette/internal/monitor"

// alertColumns are what scanAlert reads of alerts a.
const alertColumns = `a.id, a.monitor_id, a.status, a.priority, a.acknowledged, coalesce(a.acknowledge_priority, 0),
	a.locked, a.created_at, a.updated_at, a.solved_at`

// alertIssues counts the active issues of alerts a.
const alertIssues = `(select count(*) from issues i where i.alert_id = a.id and i.status = 'active')`

func scanAlert(scan Scan, a *monitor.Alert, more ...any) error {
	return scan(append([]any{
		&a.ID, &a.MonitorID, (*string)(&a.Status), (*int)(&a.Priority), &a.Acknowledged,
		(*int)(&a.AcknowledgePriority), &a.Locked, &a.CreatedAt, &a.UpdatedAt, &a.SolvedAt,
	}, more...)...)
}

// alertsInto reads alerts.
func (s *Store) alertsInto(alerts *[]monitor.Alert, sql string, args ...any) *Statement {
	return s.query(func(scan Scan) error {
		var a monitor.Alert
		if err := scanAlert(scan, &a); err != nil {
			return err
		}
		*alerts = append(*alerts, a)
		return nil
	}, sql, args...)
}

// countActive fills in ActiveIssues from the issues of the same snapshot.
func countActive(alerts []monitor.Alert, issues []monitor.Issue) {
	counts := make(map[int64]int, len(alerts))
	for i := range issues {
		if issues[i].Status == monitor.IssueActive {
			counts[issues[i].AlertID]++
		}
	}
	for i := range alerts {
		alerts[i].ActiveIssues = counts[alerts[i].ID]
	}
}
