package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/vedettehq/vedette/internal/bench/floor"
)

// listConnections is how many clients read at a time.
const listConnections = 16

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
			{work: fmt.Sprintf("list %d monitors with counts", l.sizes.listed), floor: monitors, ours: ours[0], target: atLeast(rate(2000))},
			{work: fmt.Sprintf("list %d issues of an alert", l.sizes.listed), floor: issues, ours: ours[1], target: atLeast(rate(1500))},
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

func ownLists(ctx context.Context, l *lab, where place) (rates [2]rate, err error) {
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
	for i, url := range []string{
		fmt.Sprintf("%s/api/v1/monitors?limit=%d", s.URL(), l.sizes.listed),
		fmt.Sprintf("%s/api/v1/issues?alert_id=%d&limit=%d", s.URL(), alert, l.sizes.listed),
	} {
		rates[i], err = readOften(ctx, url, l.sizes.listed, l.sizes.listing)
		if err != nil {
			return rates, err
		}
	}
	return rates, nil
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

// readOften reads a list of n elements from several connections for a while.
func readOften(ctx context.Context, url string, n int, lasting time.Duration) (rate, error) {
	// What clients do to unpack answers is not to be measured.
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: listConnections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	items, err := list[struct{}](ctx, client, url)
	if err != nil {
		return 0, err
	}
	if len(items) != n {
		return 0, fmt.Errorf("%s has %d elements, not %d", url, len(items), n)
	}
	var reads atomic.Int64
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for range listConnections {
		group.Go(func() error {
			for time.Since(start) < lasting {
				if err := read(ctx, client, url); err != nil {
					return err
				}
				reads.Add(1)
			}
			return nil
		})
	}
	err = group.Wait()
	return perSecond(int(reads.Load()), time.Since(start)), err
}

func read(ctx context.Context, client *http.Client, url string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, response.Status)
	}
	return nil
}
