package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

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

// cpuTime is how long a server's processors have worked for it so far, as its metrics
// have it.
func cpuTime(ctx context.Context, url string) (time.Duration, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, "process_cpu_seconds_total "); ok {
			seconds, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return time.Duration(seconds * float64(time.Second)), err
		}
	}
	return 0, errors.New("its metrics do not say how long the processors worked")
}
