package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Commit writes a run. The monitor's row is locked first and the fence checked
// under it: from there on nobody else changes what the plan is made from.
func (s *Store) Commit(ctx context.Context, fence monitor.Fence, loaded monitor.Snapshot, modelIDs []string, now time.Time, decide func(monitor.Snapshot) monitor.Plan) (monitor.Plan, error) {
	rows := len(loaded.Issues) + len(modelIDs)
	release, err := s.weigh(ctx, rows)
	if err != nil {
		return monitor.Plan{}, wrap(err, "commit execution %d", fence.ExecutionID)
	}
	defer release()
	var plan monitor.Plan
	// A second attempt must not decide from what the first may have touched.
	again := false
	err = s.transact(ctx, Turn{Alone: rows > weightFree}, func(conn Conn) error {
		c := committing{store: s, conn: conn, fence: fence}
		snapshot, err := c.snapshot(ctx, loaded, modelIDs, again)
		if err != nil {
			return err
		}
		again = true
		plan = decide(snapshot)
		return c.write(ctx, &plan, now)
	})
	if err != nil {
		return monitor.Plan{}, wrap(err, "commit execution %d", fence.ExecutionID)
	}
	return plan, nil
}

// committing is one attempt to commit a run.
type committing struct {
	store *Store
	conn  Conn
	fence monitor.Fence
	// versionID is the version that ran.
	versionID int64
}

// snapshot locks the monitor, checks the fence, and brings what was loaded up to
// date.
func (c *committing) snapshot(ctx context.Context, loaded monitor.Snapshot, modelIDs []string, again bool) (monitor.Snapshot, error) {
	s := c.store
	snapshot := monitor.Snapshot{Variables: loaded.Variables, Closed: map[string]bool{}}
	statements := []*Statement{
		s.query(func(scan Scan) error { return scanMonitor(scan, &snapshot.Monitor, new(int64)) },
			`select `+monitorColumns+`, {announce} from monitors m where m.id = $1 {lock m}`, c.fence.MonitorID),
		c.requireFence(),
	}
	closed, err := s.closed(snapshot.Closed, c.fence.MonitorID, modelIDs)
	if err != nil {
		return snapshot, err
	}
	if err := c.conn.Do(ctx, append(statements, closed...)...); err != nil {
		return snapshot, err
	}
	snapshot.Monitor.Schedule.Busy = true
	if snapshot.Monitor.Revision == loaded.Monitor.Revision && !again {
		snapshot.Alerts, snapshot.Issues = loaded.Alerts, loaded.Issues
		return snapshot, nil
	}
	if err := c.conn.Do(ctx, s.active(c.fence.MonitorID, &snapshot)...); err != nil {
		return snapshot, err
	}
	countActive(snapshot.Alerts, snapshot.Issues)
	return snapshot, nil
}

// requireFence is an error with CodeFenced unless the execution is running with
// the fence's token.
func (c *committing) requireFence() *Statement {
	statement := c.store.query(func(scan Scan) error { return scan(&c.versionID) },
		`select version_id from executions where id = $1 and monitor_id = $2 and status = 'running' and token = $3 and executor_id = $4`,
		c.fence.ExecutionID, c.fence.MonitorID, c.fence.Token, c.fence.ExecutorID)
	statement.Done = func(rows int64) error { return fenced(c.fence, rows) }
	return statement
}

func fenced(fence monitor.Fence, rows int64) error {
	if rows == 1 {
		return nil
	}
	return monitor.Errorf(monitor.CodeFenced, "execution %d is no longer executor %s's", fence.ExecutionID, fence.ExecutorID)
}

// closed looks model ids up among issues that have ended.
func (s *Store) closed(found map[string]bool, monitorID int64, modelIDs []string) ([]*Statement, error) {
	var statements []*Statement
	rows := s.rows(func(batch string, _ int) error {
		statements = append(statements, s.query(func(scan Scan) error {
			var modelID string
			if err := scan(&modelID); err != nil {
				return err
			}
			found[modelID] = true
			return nil
		}, `select r.model_id from {rows $1 r model_id text} where exists (
				select 1 from issues i where i.monitor_id = $2 and i.model_id = r.model_id and i.status <> 'active')
			order by r.ord`, batch, monitorID))
		return nil
	})
	for _, id := range modelIDs {
		rows.text("model_id", id)
		if err := rows.end(); err != nil {
			return nil, err
		}
	}
	return statements, rows.flush()
}

// write writes the plan and ends the execution.
func (c *committing) write(ctx context.Context, plan *monitor.Plan, now time.Time) error {
	if plan.Execution == nil {
		return monitor.Errorf(monitor.CodeInternal, "the plan does not say how the execution ends")
	}
	w := writer{
		store: c.store, queue: pipeline{conn: c.conn}, plan: plan, now: now,
		monitorID: c.fence.MonitorID, executionID: c.fence.ExecutionID, versionID: c.versionID,
	}
	if err := w.writePlan(ctx); err != nil {
		return err
	}
	if err := w.endExecution(ctx, c.fence, *plan.Execution); err != nil {
		return err
	}
	return w.queue.flush(ctx)
}
