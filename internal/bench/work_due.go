package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

const dueConfiguration = `
http_server: {address: "%s"}
`

// measureDue measures how late runs start, with a thousand monitors a minute.
func measureDue(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) (figures []figure, err error) {
		if err := migrate(ctx, where); err != nil {
			return nil, err
		}
		s, err := l.serve(ctx, dueConfiguration, "DATABASE_APPLICATION="+where.address)
		if err != nil {
			return nil, err
		}
		for i := range l.sizes.monitors {
			if err := writeMonitor(s.config.Dir, dueName(i, l.sizes.monitors), dueCode(i, l.sizes.monitors)); err != nil {
				return nil, err
			}
		}
		if _, err := s.start(ctx); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, s.stop(ctx)) }()
		late, err := s.watch(ctx, l.sizes.watched)
		if err != nil {
			return nil, err
		}
		return []figure{
			{work: fmt.Sprintf("due to started, %d monitors a minute, p50", l.sizes.monitors), ours: duration(median(late))},
			{work: fmt.Sprintf("due to started, %d monitors a minute, p99", l.sizes.monitors), ours: duration(percentile(late, 0.99)), target: atMost(duration(100 * time.Millisecond))},
		}, nil
	})
}

// dueSecond is the second of the minute in which monitor i of n is due.
func dueSecond(i, n int) int { return i * 60 / n }

func dueName(i, n int) string { return fmt.Sprintf("m%d_due_at_%d", i, dueSecond(i, n)) }

func dueCode(i, n int) string {
	return fmt.Sprintf(`"""Nothing, once a minute."""

monitor(model_id_key = "n", search_cron = "%d * * * * *", solvable = False)

def search():
    return []
`, dueSecond(i, n))
}

// started is an execution of one of these monitors.
type started struct {
	execution
	Monitor string `json:"monitor"`
}

// late tells how long after its second it started.
func (s started) late() (time.Duration, error) {
	var i, second int
	if _, err := fmt.Sscanf(s.Monitor, "m%d_due_at_%d", &i, &second); err != nil {
		return 0, fmt.Errorf("read the name %q: %w", s.Monitor, err)
	}
	at := s.StartedAt.UTC()
	due := at.Truncate(time.Minute).Add(time.Duration(second) * time.Second)
	if due.After(at) {
		due = due.Add(-time.Minute)
	}
	return at.Sub(due), nil
}

// watch gathers how late executions start, once all monitors have had their first
// run, which is due at once whatever the second.
func (s *served) watch(ctx context.Context, lasting time.Duration) ([]time.Duration, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit+lasting, errors.New("the monitors were not run in time"))
	defer cancel()
	if err := s.awaitFirstRuns(ctx); err != nil {
		return nil, err
	}
	begin := time.Now().Add(time.Second)
	late := map[int64]time.Duration{}
	for time.Since(begin) < lasting || len(late) == 0 {
		executions, err := list[started](ctx, http.DefaultClient, s.URL()+"/api/v1/executions?limit=200")
		if err != nil {
			return nil, err
		}
		for _, execution := range executions {
			if execution.StartedAt.Before(begin) {
				continue
			}
			late[execution.ID], err = execution.late()
			if err != nil {
				return nil, err
			}
		}
		if err := pause(ctx, time.Second); err != nil {
			return nil, err
		}
	}
	all := make([]time.Duration, 0, len(late))
	for _, d := range late {
		all = append(all, d)
	}
	return all, nil
}

// awaitFirstRuns waits until there is no monitor of which nothing is known.
func (s *served) awaitFirstRuns(ctx context.Context) error {
	for {
		unknown, err := list[struct{}](ctx, http.DefaultClient, s.URL()+"/api/v1/monitors?health=unknown&limit=1")
		if err != nil {
			return err
		}
		if len(unknown) == 0 {
			return nil
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
}

func pause(ctx context.Context, wait time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(wait):
		return nil
	}
}
