package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Load reads the monitor's row before its alerts and issues: what changes in
// between then shows as a revision that moved, and Commit reads again.
func (s *Store) Load(ctx context.Context, fence monitor.Fence) (monitor.Snapshot, error) {
	snapshot := monitor.Snapshot{Variables: map[string]monitor.Data{}}
	statements := append([]*Statement{
		s.query(func(scan Scan) error { return scanMonitor(scan, &snapshot.Monitor) },
			`select `+monitorColumns+` from monitors m where m.id = $1`, fence.MonitorID).
			found("monitor %d does not exist", fence.MonitorID),
	}, s.active(fence.MonitorID, &snapshot)...)
	statements = append(statements, s.variablesInto(snapshot.Variables, fence.MonitorID))
	if err := s.database.Read(ctx, statements...); err != nil {
		return monitor.Snapshot{}, wrap(err, "load monitor %d", fence.MonitorID)
	}
	snapshot.Monitor.Schedule.Busy = true
	countActive(snapshot.Alerts, snapshot.Issues)
	return snapshot, nil
}

// active reads the active alerts and issues of a monitor.
func (s *Store) active(monitorID int64, snapshot *monitor.Snapshot) []*Statement {
	return []*Statement{
		s.alertsInto(&snapshot.Alerts, `select `+alertColumns+` from alerts a
			where a.monitor_id = $1 and a.status = 'active' order by a.id`, monitorID),
		s.issuesInto(&snapshot.Issues, `select `+issueColumns+` from issues i
			where i.monitor_id = $1 and i.status = 'active' order by i.id`, monitorID),
	}
}
