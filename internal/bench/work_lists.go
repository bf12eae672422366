package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/bench/floor"
)

// listConnections is how many clients read at a time.
const listConnections = 16

// listWrites is how often in a second something is written while lists are read, so
// that they have to be read again: about what 300 monitors a minute do.
const listWrites = 20

// listRates are how often a list is read while nothing is written, and while
// something is; and what one of the former takes of the server's processors, which is
// the same on a machine that has much else to do.
type listRates struct {
	still, written rate
	cpu            duration
}

// measureLists measures how often in a second people can be shown long lists.
func measureLists(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		monitors, issues, err := bareLists(ctx, where, l.sizes)
		if err != nil {
			return nil, err
		}
		ours, err := ownLists(ctx, l, where)
		if err != nil {
			return nil, err
		}
		return []figure{
			{work: fmt.Sprintf("list %d monitors with counts", l.sizes.listed), floor: monitors, ours: ours.monitors.still, target: atLeast(rate(2000))},
			{work: "the same, CPU time of the server", ours: ours.monitors.cpu},
			{work: fmt.Sprintf("the same, %d writes a second", listWrites), floor: monitors, ours: ours.monitors.written},
			{work: fmt.Sprintf("list %d issues of an alert", l.sizes.listed), floor: issues, ours: ours.issues.still, target: atLeast(rate(1500))},
			{work: "the same, CPU time of the server", ours: ours.issues.cpu},
			{work: fmt.Sprintf("the same, %d writes a second", listWrites), floor: issues, ours: ours.issues.written},
		}, nil
	})
}

func bareLists(ctx context.Context, where place, sizes sizes) (monitors, issues rate, err error) {
	times := 100 * int(1+sizes.listing/time.Second)
	work, err := floor.NewMonitorList(ctx, where.floor, sizes.listed)
	if err != nil {
		return 0, 0, err
	}
	took, err := timed(func() error { return work.Monitors(ctx, listConnections, times, sizes.listed) })
	if err != nil {
		return 0, 0, err
	}
	monitors = perSecond(times, took)
	work, err = floor.NewIssueList(ctx, where.floor, sizes.listed)
	if err != nil {
		return 0, 0, err
	}
	took, err = timed(func() error { return work.Issues(ctx, listConnections, times, sizes.listed) })
	return monitors, perSecond(times, took), err
}

// listConfiguration serves what is in the database, and lets nothing else happen.
const listConfiguration = `
http_server: {address: "%s"}
application_database: {pool_size: 16}
`

func ownLists(ctx context.Context, l *lab, where place) (rates struct{ monitors, issues listRates }, err error) {
	alert, err := fillLists(ctx, where, l.sizes.listed)
	if err != nil {
		return rates, err
	}
	s, err := l.serve(ctx, listConfiguration, "DATABASE_APPLICATION="+where.address)
	if err != nil {
		return rates, err
	}
	if _, err := s.start(ctx); err != nil {
		return rates, err
	}
	defer func() { err = errors.Join(err, s.stop(ctx)) }()
	measure := func(into *listRates, path string) (err error) {
		url := fmt.Sprintf("%s/api/v1/%s&limit=%d", s.URL(), path, l.sizes.listed)
		before, err := cpuTime(ctx, s.URL())
		if err != nil {
			return err
		}
		if into.still, err = readOften(ctx, url, l.sizes.listed, l.sizes.listing); err != nil {
			return err
		}
		after, err := cpuTime(ctx, s.URL())
		if err != nil {
			return err
		}
		into.cpu = duration(float64(after-before) / into.still.amount() / l.sizes.listing.Seconds())
		return whileWriting(ctx, where, func() (err error) {
			into.written, err = readOften(ctx, url, l.sizes.listed, l.sizes.listing)
			return err
		})
	}
	err = inOrder(
		func() error { return measure(&rates.monitors, "monitors?") },
		func() error { return measure(&rates.issues, fmt.Sprintf("issues?alert_id=%d", alert)) },
	)
	return rates, err
}

// whileWriting has another process write to the database now and then for as long as
// something is done.
func whileWriting(ctx context.Context, where place, do func() error) (err error) {
	db, err := openRaw(where)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	done := make(chan struct{})
	var group errgroup.Group
	group.Go(func() error {
		ticker := time.NewTicker(time.Second / listWrites)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return nil
			case <-ticker.C:
			}
			if _, err := db.ExecContext(ctx, "update monitors set revision = revision + 1 where name = 'orders_0'"); err != nil {
				return err
			}
		}
	})
	err = do()
	close(done)
	return errors.Join(err, group.Wait())
}

// fillLists registers monitors, of which the first has as many issues, and
// returns the id of its alert. None of them is due for a long time.
func fillLists(ctx context.Context, where place, n int) (alert int64, err error) {
	e, err := newEngine(ctx, where, 4)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, e.close()) }()
	for i := range n {
		if err := e.register(ctx, fmt.Sprintf("orders_%d", i), yearlyCode); err != nil {
			return 0, err
		}
		if i > 0 {
			continue
		}
		var took []time.Duration
		if err := e.step(ctx, &took, floor.Entries(n, 1, false)); err != nil {
			return 0, err
		}
		e.source.hold(floor.Entries(1, 1, false))
	}
	executions, err := e.claim(ctx, n-1)
	if err != nil {
		return 0, err
	}
	_, err = e.perform(ctx, executions)
	return 1, err
}
