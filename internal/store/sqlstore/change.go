package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Change writes what a person does. Only the monitor's row is locked: whoever
// writes its alerts and issues holds that lock.
func (s *Store) Change(ctx context.Context, scope store.Scope, now time.Time, decide func(monitor.Snapshot) (monitor.Plan, error)) (monitor.Plan, error) {
	var plan monitor.Plan
	// Told apart from the store's own errors, which get the action added.
	var refusal error
	err := s.transact(ctx, patient, func(conn Conn) error {
		snapshot, err := s.scoped(ctx, conn, scope)
		if err != nil {
			return err
		}
		if plan, refusal = decide(snapshot); refusal != nil {
			return refusal
		}
		if plan.IsEmpty() {
			return nil
		}
		w := writer{store: s, queue: pipeline{conn: conn}, plan: &plan, now: now, monitorID: snapshot.Monitor.ID}
		return w.writeChange(ctx, snapshot.Monitor)
	})
	switch {
	case refusal != nil:
		return monitor.Plan{}, refusal
	case err != nil:
		return monitor.Plan{}, wrap(err, "change %s", nameOf(scope))
	}
	return plan, nil
}

func nameOf(scope store.Scope) string {
	switch {
	case scope.AlertID != 0:
		return fmt.Sprintf("alert %d", scope.AlertID)
	case scope.IssueID != 0:
		return fmt.Sprintf("issue %d", scope.IssueID)
	}
	return fmt.Sprintf("monitor %q", scope.Monitor)
}

// scoped locks the monitor and reads what scope names.
func (s *Store) scoped(ctx context.Context, conn Conn, scope store.Scope) (monitor.Snapshot, error) {
	var snapshot monitor.Snapshot
	// lock takes the monitor with the id that an expression gives of an argument, if
	// the condition holds once it is locked.
	lock := func(id string, argument any, condition string) []*Statement {
		return []*Statement{
			s.query(func(scan Scan) error { return scanMonitor(scan, &snapshot.Monitor, new(int64)) },
				`select `+monitorColumns+`, {announce} from monitors m where m.id = `+id+condition+` {lock m}`, argument).
				found("%s does not exist", nameOf(scope)),
			s.query(func(scan Scan) error { return scan(&snapshot.Monitor.Schedule.Busy) },
				`select `+busy(id), argument),
		}
	}
	var statements []*Statement
	switch {
	case scope.AlertID != 0:
		statements = append(lock(`(select a.monitor_id from alerts a where a.id = $1)`, scope.AlertID, ""), s.scopedAlert(scope, &snapshot)...)
	case scope.IssueID != 0:
		statements = append(lock(`(select i.monitor_id from issues i where i.id = $1)`, scope.IssueID, ""), s.scopedIssue(scope.IssueID, &snapshot)...)
	default:
		statements = lock(`(select n.id from monitors n where n.name = $1 and n.archived_at is null)`, scope.Monitor, ` and m.archived_at is null`)
	}
	if err := conn.Do(ctx, statements...); err != nil {
		return snapshot, err
	}
	if scope.Monitor != "" && scope.Issues {
		if err := conn.Do(ctx, s.active(snapshot.Monitor.ID, &snapshot)...); err != nil {
			return snapshot, err
		}
		countActive(snapshot.Alerts, snapshot.Issues)
	}
	return snapshot, nil
}

func (s *Store) scopedAlert(scope store.Scope, snapshot *monitor.Snapshot) []*Statement {
	statements := []*Statement{s.countedAlertInto(&snapshot.Alerts, `a.id = $1`, scope.AlertID)}
	if scope.Issues {
		statements = append(statements, s.issuesInto(&snapshot.Issues, `select `+issueColumns+` from issues i
			where i.alert_id = $1 and i.status = 'active' order by i.id`, scope.AlertID))
	}
	return statements
}

func (s *Store) scopedIssue(id int64, snapshot *monitor.Snapshot) []*Statement {
	return []*Statement{
		s.issuesInto(&snapshot.Issues, `select `+issueColumns+` from issues i where i.id = $1 order by i.id`, id),
		s.countedAlertInto(&snapshot.Alerts, `a.id = (select i.alert_id from issues i where i.id = $1)`, id),
	}
}

// countedAlertInto reads an alert with the number of its active issues, which
// the snapshot need not hold.
func (s *Store) countedAlertInto(alerts *[]monitor.Alert, where string, argument any) *Statement {
	return s.query(func(scan Scan) error {
		var a monitor.Alert
		err := scanAlert(scan, &a, &a.ActiveIssues)
		*alerts = append(*alerts, a)
		return err
	}, `select `+alertColumns+`, `+alertIssues+` from alerts a where `+where+` order by a.id`, argument)
}
