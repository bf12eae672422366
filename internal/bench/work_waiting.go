package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
)

// queryTime is how long a query of these monitors takes.
const queryTime = 100 * time.Millisecond

// measureWaiting measures runs that do little but wait for a database, so many at
// a time. The floor is what that many places could do at best: it says from where
// on not the places are what limits, but the machine.
func measureWaiting(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		var figures []figure
		for n, places := range l.sizes.places {
			runs, err := waitingRuns(ctx, where, l.sizes.monitors, places, n)
			if err != nil {
				return nil, err
			}
			figures = append(figures, figure{
				work:  fmt.Sprintf("runs that wait %s, %d at a time", queryTime, places),
				floor: perSecond(places, queryTime), ours: runs,
			})
		}
		return figures, nil
	})
}

// waitingRuns has all monitors run once, having found nothing new. The first of the
// rounds on a database registers them.
func waitingRuns(ctx context.Context, where place, monitors, places, round int) (runs rate, err error) {
	engine, err := newEngine(ctx, where, places)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, engine.close()) }()
	engine.source.hold(floor.Entries(1, 1, false))
	// Further than all that the rounds before have claimed.
	engine.ahead = time.Duration(round) * time.Hour
	for i := range monitors {
		if round > 0 {
			break
		}
		if err := engine.register(ctx, fmt.Sprintf("waiting_%d", i), code); err != nil {
			return 0, err
		}
	}
	// Monitors are compiled and have their issue before it counts.
	var took time.Duration
	for _, waits := range []time.Duration{0, queryTime} {
		engine.source.wait.Store(int64(waits))
		executions, err := engine.claim(ctx, monitors)
		if err != nil {
			return 0, err
		}
		if took, err = engine.perform(ctx, executions); err != nil {
			return 0, err
		}
	}
	return perSecond(monitors, took), nil
}
