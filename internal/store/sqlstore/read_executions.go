package sqlstore

import (
	"context"
	"encoding/json"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// executionColumns are what scanExecution reads of executions e: all but the log.
const executionColumns = `e.id, e.monitor_id, coalesce(e.version_id, 0), e.tasks, e.status,
	e.queued_at, e.started_at, e.finished_at, coalesce(cast(e.report as text), '')`

func scanExecution(scan Scan, e *monitor.Execution, more ...any) error {
	var report string
	err := scan(append([]any{
		&e.ID, &e.MonitorID, &e.VersionID, (*uint8)(&e.Tasks), (*string)(&e.Status),
		&e.QueuedAt, &e.StartedAt, &e.FinishedAt, &report,
	}, more...)...)
	if err != nil || report == "" {
		return err
	}
	return wrap(json.Unmarshal([]byte(report), &e.Report), "decode the report of execution %d", e.ID)
}

// Executions lists executions, newest first, without their logs.
func (s *Store) Executions(ctx context.Context, f store.ExecutionFilter, page store.Page) ([]store.ExecutionView, error) {
	var where filter
	where.monitor("e.monitor_id", f.Monitor)
	switch f.Status {
	case "":
	case monitor.ExecutionQueued, monitor.ExecutionRunning:
		// As it stands in the indexes.
		where.plain("e.status = '" + string(f.Status) + "'")
	default:
		where.add("e.status = %s", string(f.Status))
	}
	where.before("e.id", page.BeforeID)
	views, err := s.executionViews(ctx, &where, page.Limit, false)
	return views, wrap(err, "list executions")
}

// Execution reads one execution with its log.
func (s *Store) Execution(ctx context.Context, id int64) (store.ExecutionView, error) {
	var where filter
	where.add("e.id = %s", id)
	views, err := s.executionViews(ctx, &where, 1, true)
	return only(views, err, "execution %d", id)
}

func (s *Store) executionViews(ctx context.Context, where *filter, limit int, withLog bool) ([]store.ExecutionView, error) {
	logColumn := `''`
	if withLog {
		logColumn = `coalesce(cast(e.log as text), '')`
	}
	var views []store.ExecutionView
	count := where.arg(limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.ExecutionView
		var log string
		if err := scanExecution(scan, &v.Execution, &v.MonitorName, &v.Version, &log); err != nil {
			return err
		}
		if log != "" {
			if err := json.Unmarshal([]byte(log), &v.Report.Log); err != nil {
				return wrap(err, "decode the log of execution %d", v.ID)
			}
		}
		views = append(views, v)
		return nil
	}, `select `+executionColumns+`, m.name, coalesce(v.number, 0), `+logColumn+`
		from executions e join monitors m on m.id = e.monitor_id left join monitor_versions v on v.id = e.version_id`+where.where()+`
		order by e.id desc limit `+count, where.args...))
	return views, err
}
