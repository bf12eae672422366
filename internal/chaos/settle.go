package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// settle lets the source rest, waits until the platform knows what the source
// knows and has nothing left to do, and stops every process in order.
func (i *installation) settle(ctx context.Context) error {
	if err := i.source.rest(); err != nil {
		return fmt.Errorf("change the source: %w", err)
	}
	for _, m := range i.members {
		if err := m.ready(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	if err := await(ctx, "agreement", i.disagreement); err != nil {
		return err
	}
	if err := await(ctx, "deliveries", i.undelivered); err != nil {
		return err
	}
	i.scrape(ctx)
	i.lab.log("%s: everything is known and delivered: stopping", i.name)
	var errs []error
	// Executors first, so that controllers see what they leave.
	for _, m := range slices.Backward(i.members) {
		if err := m.stop(ctx); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", m.name, err))
		}
	}
	i.watch.stop()
	i.canary.stop()
	return errors.Join(errs...)
}

const (
	// knownSQL and trueSQL say the same of the platform and of the source, when all
	// is well.
	knownSQL = `select m.name || ':' || i.model_id || ':' || (i.data ->> 'amount') from issues i join monitors m on m.id = i.monitor_id
		where i.status = 'active'`
	trueSQL = `select 'm' || monitor || ':' || id || ':' || amount from problems where state = 'open'`
)

// disagreement names what platform and source do not agree about. Monitors that
// are put off because executors were lost with them (R74) are asked to run, as
// somebody would who does not want to wait.
func (i *installation) disagreement(ctx context.Context) (string, error) {
	known, err1 := texts(ctx, i.db, knownSQL)
	open, err2 := texts(ctx, i.source.db, trueSQL)
	if err := errors.Join(err1, err2); err != nil {
		return "", err
	}
	differing := difference(known, open)
	if len(differing) == 0 {
		return "", nil
	}
	asked := map[string]bool{}
	for _, entry := range differing {
		name, _, _ := strings.Cut(entry, ":")
		if !asked[name] {
			asked[name] = true
			i.ask(ctx, name)
		}
	}
	return fmt.Sprintf("%d issues differ, such as %s", len(differing), differing[0]), nil
}

// difference is what is in one list and not in the other.
func difference(a, b []string) (found []string) {
	count := map[string]int{}
	for _, entry := range a {
		count[entry]++
	}
	for _, entry := range b {
		count[entry]--
	}
	for entry, n := range count {
		if n != 0 {
			found = append(found, entry)
		}
	}
	slices.Sort(found)
	return found
}

// ask has a monitor run now. That it is refused is as good: it is about to run,
// or is asked again.
func (i *installation) ask(ctx context.Context, name string) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	tasks := `{"tasks":["search","update"]}`
	if n, err := strconv.Atoi(strings.TrimPrefix(name, "m")); err == nil && isLedger(n) {
		tasks = `{"tasks":["search"]}`
	}
	url := i.members[0].instance.URL() + "/api/v1/monitors/" + name + "/refresh"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(tasks))
	if err != nil {
		return
	}
	request.Header.Set("Content-Type", "application/json")
	if response, err := http.DefaultClient.Do(request); err == nil {
		_ = response.Body.Close()
	}
}

// undelivered says what is left to be delivered.
func (i *installation) undelivered(ctx context.Context) (string, error) {
	open, err := texts(ctx, i.db, "select name || ' ' || d.status || ' ' || error from deliveries d join events e on e.id = d.event_id where d.status <> 'dead' limit 10")
	return strings.Join(open, "; "), err
}

// read reads a page of a process.
func read(ctx context.Context, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(response.Body)
	return string(text), errors.Join(err, response.Body.Close())
}
