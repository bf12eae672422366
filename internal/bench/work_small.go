package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
)

// measureSmallRuns measures many monitors with a few issues each, all of which
// change in every run.
func measureSmallRuns(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		bare, err := bareRuns(ctx, where, l.sizes)
		if err != nil {
			return nil, err
		}
		ours, err := ownRuns(ctx, where, l.sizes)
		held := ofFloor(0.5)
		if where.store == "sqlite" {
			held = atLeast(rate(2000))
		}
		return []figure{{
			work:  fmt.Sprintf("small runs: %d x %d issues changed", l.sizes.monitors, l.sizes.issuesEach),
			floor: bare, ours: ours, target: held,
		}}, err
	})
}

func bareRuns(ctx context.Context, where place, sizes sizes) (rate, error) {
	work, err := floor.NewRuns(ctx, where.floor, sizes.monitors, sizes.issuesEach)
	if err != nil {
		return 0, err
	}
	var rounds []time.Duration
	for round := range sizes.rounds {
		if err := work.Queue(ctx); err != nil {
			return 0, err
		}
		took, err := timed(func() error { return work.Run(ctx, sizes.workers, round+2) })
		if err != nil {
			return 0, err
		}
		rounds = append(rounds, took)
	}
	return perSecond(sizes.monitors, median(rounds)), nil
}

func ownRuns(ctx context.Context, where place, sizes sizes) (runs rate, err error) {
	engine, err := newEngine(ctx, where, sizes.workers)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, engine.close()) }()
	for i := range sizes.monitors {
		if err := engine.register(ctx, fmt.Sprintf("orders_%d", i), code); err != nil {
			return 0, err
		}
	}
	var rounds []time.Duration
	// The first time creates the issues.
	for round := range sizes.rounds + 1 {
		engine.source.hold(floor.Entries(sizes.issuesEach, round+1, false))
		executions, err := engine.claim(ctx, sizes.monitors)
		if err != nil {
			return 0, err
		}
		took, err := engine.perform(ctx, executions)
		if err != nil {
			return 0, err
		}
		if round > 0 {
			rounds = append(rounds, took)
		}
	}
	return perSecond(sizes.monitors, median(rounds)), nil
}
