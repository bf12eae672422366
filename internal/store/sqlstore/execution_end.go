package sqlstore

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// Ended tells whether the execution has ended with the fence's token (R04).
func (s *Store) Ended(ctx context.Context, fence monitor.Fence) (bool, error) {
	var ended bool
	err := s.database.Read(ctx, s.query(func(scan Scan) error { return scan(&ended) },
		`select exists (select 1 from executions where id = $1 and token = $2 and status in ('succeeded', 'failed'))`,
		fence.ExecutionID, fence.Token))
	return ended, wrap(err, "read execution %d", fence.ExecutionID)
}

// Fail ends the execution as failed and changes nothing else (R04).
func (s *Store) Fail(ctx context.Context, fence monitor.Fence, report monitor.Report, now time.Time) error {
	err := s.transact(ctx, Turn{}, func(conn Conn) error {
		c := committing{store: s, conn: conn, fence: fence}
		lock := s.query(func(scan Scan) error { return scan(new(int64)) },
			`select m.id from monitors m where m.id = $1 {lock m}`, fence.MonitorID)
		if err := conn.Do(ctx, lock, c.requireFence()); err != nil {
			return err
		}
		return c.write(ctx, &monitor.Plan{Execution: &monitor.ExecutionEnd{Status: monitor.ExecutionFailed, Report: report}}, now)
	})
	return wrap(err, "record execution %d as failed", fence.ExecutionID)
}

// endExecution ends the execution and schedules the monitor again: it is no
// longer busy, and an execution that ended shows that its monitor does not take
// executors down (R74).
func (w *writer) endExecution(ctx context.Context, fence monitor.Fence, end monitor.ExecutionEnd) error {
	report, log, err := splitReport(end.Report)
	if err != nil {
		return err
	}
	finish := w.store.exec(`update executions set status = $4, finished_at = $5, report = $6, log = $7
		where id = $1 and status = 'running' and token = $2 and executor_id = $3`,
		fence.ExecutionID, fence.Token, fence.ExecutorID, string(end.Status), w.now, report, log)
	finish.Done = func(rows int64) error { return fenced(fence, rows) }

	var proven time.Time
	if end.Proven {
		proven = w.now
	}
	change := w.change()
	return w.queue.add(ctx, finish, w.store.exec(`update monitors set
			revision = revision + $2, active_issues = active_issues + $3, active_alerts = active_alerts + $4,
			last_execution_id = $5, last_proven = $6, last_proven_at = coalesce($7, last_proven_at),
			lost_count = 0, next_due_at = `+dueExpression+`
		where id = $1`,
		w.monitorID, change.revision, change.issues, change.alerts, fence.ExecutionID, end.Proven, proven).
		affecting(1, "the monitor"))
}

// splitReport writes a report as JSON, and its log apart, which lists leave out.
func splitReport(report monitor.Report) (text string, log any, err error) {
	entries := report.Log
	report.Log = nil
	text, err = encode(report)
	if err != nil {
		return "", nil, wrap(err, "encode the report")
	}
	if len(entries) == 0 {
		return text, nil, nil
	}
	log, err = encode(entries)
	return text, log, wrap(err, "encode the log")
}
