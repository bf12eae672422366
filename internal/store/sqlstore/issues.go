package sqlstore

import "github.com/vedettehq/vedette/internal/monitor"

// issueColumns are what scanIssue reads of issues i.
const issueColumns = `i.id, i.monitor_id, coalesce(i.alert_id, 0), i.model_id, i.status, i.data,
	i.created_at, i.updated_at, i.solved_at, i.dropped_at`

func scanIssue(scan Scan, i *monitor.Issue, more ...any) error {
	return scan(append([]any{
		&i.ID, &i.MonitorID, &i.AlertID, &i.ModelID, (*string)(&i.Status), (*string)(&i.Data),
		&i.CreatedAt, &i.UpdatedAt, &i.SolvedAt, &i.DroppedAt,
	}, more...)...)
}

// issuesInto reads issues.
func (s *Store) issuesInto(issues *[]monitor.Issue, sql string, args ...any) *Statement {
	return s.query(func(scan Scan) error {
		var i monitor.Issue
		if err := scanIssue(scan, &i); err != nil {
			return err
		}
		*issues = append(*issues, i)
		return nil
	}, sql, args...)
}
