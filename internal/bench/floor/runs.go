package floor

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// Runs is the work of many monitors with a few issues each, all of which change
// in every run.
type Runs struct {
	db               DB
	monitors, issues int
}

// NewRuns prepares the monitors with their issues and alerts.
func NewRuns(ctx context.Context, db DB, monitors, issues int) (*Runs, error) {
	if err := Setup(ctx, db); err != nil {
		return nil, err
	}
	w := &Issues{db: db, first: 1, entries: Entries(issues, 1, false)}
	for range monitors {
		if err := w.Next(ctx); err != nil {
			return nil, err
		}
		if err := w.Create(ctx); err != nil {
			return nil, err
		}
	}
	return &Runs{db: db, monitors: monitors, issues: issues}, nil
}

// Queue records an execution of each monitor as queued. It is not part of the work.
func (r *Runs) Queue(ctx context.Context) error {
	return r.db.Do(ctx,
		Statement{"delete from executions", nil},
		Statement{"insert into executions (id, monitor_id, status, queued_at) select id, id, 'queued', $1 from monitors", []any{at(r.db, time.Now())}},
	)
}

// Run takes, loads and commits every monitor's execution, with some workers at a time.
func (r *Runs) Run(ctx context.Context, workers, seen int) error {
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range workers {
		group.Go(func() error {
			for {
				id := next.Add(1)
				if id > int64(r.monitors) {
					return nil
				}
				if err := r.one(ctx, id, seen); err != nil {
					return fmt.Errorf("run monitor %d: %w", id, err)
				}
			}
		})
	}
	return group.Wait()
}

// one is one run: it is taken, what is stored is read, and what the monitor's
// code said is written.
func (r *Runs) one(ctx context.Context, id int64, seen int) error {
	now := at(r.db, time.Now())
	w := &Issues{db: r.db, monitor: id, alert: id, first: (id-1)*int64(r.issues) + 1, entries: Entries(r.issues, seen, false)}
	take := Statement{"update executions set status = 'running', token = 'token', started_at = $2 where id = $1 and status = 'queued'", []any{id, now}}
	if err := r.db.Do(ctx, take); err != nil {
		return err
	}
	if err := w.read(ctx); err != nil {
		return err
	}
	statements := slices.Concat(
		[]Statement{{"select revision from monitors where id = $1 {lock}", []any{id}}},
		w.newData(w.entries, now),
		[]Statement{w.issueEvents("issue_updated_not_solved", now)},
		w.alertEvents(now, "alert_updated"),
	)
	return w.commit(ctx, statements, r.issues, 1, now)
}

// read is load outside the transaction that writes.
func (w *Issues) read(ctx context.Context) error {
	if _, ok := w.db.(*sqlite); !ok {
		return w.db.Do(ctx, w.load()...)
	}
	for _, statement := range w.load() {
		if err := w.db.Do(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
