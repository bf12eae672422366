package floor

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Lists is the work of showing people what there is.
type Lists struct{ db DB }

// NewMonitorList prepares a list of monitors with issues.
func NewMonitorList(ctx context.Context, db DB, monitors int) (*Lists, error) {
	_, err := NewRuns(ctx, db, monitors, 1)
	return &Lists{db: db}, err
}

// NewIssueList prepares a list of the issues of one alert.
func NewIssueList(ctx context.Context, db DB, issues int) (*Lists, error) {
	w, err := NewIssues(ctx, db, issues)
	if err != nil {
		return nil, err
	}
	if err := w.Next(ctx); err != nil {
		return nil, err
	}
	return &Lists{db: db}, w.Create(ctx)
}

// Monitors reads the first monitors, with their counts, again and again on
// several connections.
func (l *Lists) Monitors(ctx context.Context, connections, times, limit int) error {
	return l.repeat(ctx, connections, times, Statement{
		`select m.id, m.name, m.next_search_at, m.next_due_at, m.active_issues, m.active_alerts,
			e.id, e.status, e.queued_at, e.started_at, e.finished_at
			from monitors m left join executions e on e.monitor_id = m.id
			order by m.name limit $1`, []any{limit},
	})
}

// Issues reads the issues of the alert, again and again on several connections.
func (l *Lists) Issues(ctx context.Context, connections, times, limit int) error {
	return l.repeat(ctx, connections, times, Statement{
		`select id, monitor_id, alert_id, model_id, status, data, created_at, updated_at, solved_at
			from issues where alert_id = 1 order by id desc limit $1`, []any{limit},
	})
}

func (l *Lists) repeat(ctx context.Context, connections, times int, statement Statement) error {
	var done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range connections {
		group.Go(func() error {
			for done.Add(1) <= int64(times) {
				if err := l.db.Do(ctx, statement); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
