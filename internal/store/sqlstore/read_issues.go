package sqlstore

import (
	"context"

	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/store"
)

// Issues lists issues, newest first.
func (s *Store) Issues(ctx context.Context, f store.IssueFilter, page store.Page) ([]store.IssueView, error) {
	var where filter
	where.monitor("i.monitor_id", f.Monitor)
	if f.AlertID != 0 {
		where.add("i.alert_id = %s", f.AlertID)
	}
	switch f.Status {
	case "":
	case monitor.IssueActive:
		// As it stands in the indexes.
		where.plain("i.status = 'active'")
	default:
		where.add("i.status = %s", string(f.Status))
	}
	if f.ModelID != "" {
		where.add("i.model_id = %s", f.ModelID)
	}
	where.before("i.id", page.BeforeID)
	views, err := s.issueViews(ctx, &where, page.Limit)
	return views, wrap(err, "list issues")
}

// Issue reads one issue.
func (s *Store) Issue(ctx context.Context, id int64) (store.IssueView, error) {
	var where filter
	where.add("i.id = %s", id)
	views, err := s.issueViews(ctx, &where, 1)
	return only(views, err, "issue %d", id)
}

func (s *Store) issueViews(ctx context.Context, where *filter, limit int) ([]store.IssueView, error) {
	var views []store.IssueView
	count := where.arg(limit)
	err := s.database.Read(ctx, s.query(func(scan Scan) error {
		var v store.IssueView
		err := scanIssue(scan, &v.Issue, &v.MonitorName)
		views = append(views, v)
		return err
	}, `select `+issueColumns+`, m.name
		from issues i join monitors m on m.id = i.monitor_id`+where.where()+`
		order by i.id desc limit `+count, where.args...))
	return views, err
}

// only is the one row of a query by id, or an error with CodeNotFound.
func only[T any](rows []T, err error, format string, args ...any) (T, error) {
	var row T
	if err != nil {
		return row, wrap(err, "read "+format, args...)
	}
	if len(rows) == 0 {
		return row, monitor.Errorf(monitor.CodeNotFound, format+" does not exist", args...)
	}
	return rows[0], nil
}
