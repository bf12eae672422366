package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
)

// course is how long the three runs of a life took: all issues are new, all
// change, all are solved. A life may end after the second.
type course struct{ created, changed, solved []time.Duration }

// measureIssues measures runs of one monitor with many issues.
func measureIssues(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		floor, err := bareCourse(ctx, where, l.sizes.issues, l.sizes.rounds, true)
		if err != nil {
			return nil, err
		}
		ours, err := ownCourse(ctx, where, l.sizes.issues, l.sizes.rounds, true)
		if err != nil {
			return nil, err
		}
		return compareCourses(l.sizes.issues, floor, ours), nil
	})
}

func compareCourses(n int, floor, ours course) []figure {
	line := func(what string, floor, ours []time.Duration) figure {
		return figure{
			work:  fmt.Sprintf("%d issues %s", n, what),
			floor: duration(median(floor)), ours: duration(median(ours)), target: timesFloor(4),
		}
	}
	lines := []figure{line("created", floor.created, ours.created), line("changed", floor.changed, ours.changed)}
	if len(ours.solved) > 0 {
		lines = append(lines, line("solved", floor.solved, ours.solved))
	}
	return lines
}

// bareCourse is the floor.
func bareCourse(ctx context.Context, where place, issues, rounds int, solve bool) (c course, err error) {
	work, err := floor.NewIssues(ctx, where.floor, issues)
	if err != nil {
		return c, err
	}
	for range rounds {
		err := inOrder(
			func() error { return work.Next(ctx) },
			func() error { return add(&c.created, func() error { return work.Create(ctx) }) },
			func() error { return add(&c.changed, func() error { return work.Change(ctx, 2) }) },
			func() error {
				if !solve {
					return nil
				}
				return add(&c.solved, func() error { return work.Solve(ctx, 3) })
			},
		)
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// ownCourse is the same through the executor, with a new monitor in each round.
func ownCourse(ctx context.Context, where place, issues, rounds int, solve bool) (c course, err error) {
	engine, err := newEngine(ctx, where, 1)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, engine.close()) }()
	for round := range rounds {
		name := fmt.Sprintf("orders_%d_%d", issues, round)
		err := inOrder(
			func() error { return engine.register(ctx, name, code) },
			func() error { return engine.step(ctx, &c.created, floor.Entries(issues, 1, false)) },
			func() error { return engine.step(ctx, &c.changed, floor.Entries(issues, 2, false)) },
			func() error {
				if !solve {
					return nil
				}
				return engine.step(ctx, &c.solved, floor.Entries(issues, 3, true))
			},
			func() error { return engine.disable(ctx, name) },
		)
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// step runs the one monitor that is due, on what the source holds by now.
func (e *engine) step(ctx context.Context, to *[]time.Duration, entries []floor.Entry) error {
	e.source.hold(entries)
	executions, err := e.claim(ctx, 1)
	if err != nil {
		return err
	}
	took, err := e.perform(ctx, executions)
	*to = append(*to, took)
	return err
}
