package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// trial is one installation that is put through it.
type trial struct {
	name string
	// store and queue are what it is made of: sqlite or postgres, and internal,
	// postgres or sqs.
	store, queue           string
	controllers, executors int
	monitors               int
	// duration is for how long faults are inflicted.
	duration time.Duration
	seed     uint64
	// clocks is set if the clocks of some of the processes are off.
	clocks bool
	pace   pace
	// only are the faults to inflict, by their names; nil: all.
	only *regexp.Regexp
	// rolling has the installation begin with the binary of the schema before this
	// one, and upgraded step by step.
	rolling bool
}

// pace is how quickly things are noticed.
type pace struct {
	heartbeat time.Duration
	// patience is how long anything that is due may wait before that is no longer
	// normal.
	patience time.Duration
	// tolerance is how late anything may be, afterwards, that nothing kept from
	// being done. What the machine lost to others meanwhile comes on top.
	tolerance time.Duration
}

// lease is for how long a process that is gone is believed to be alive.
func (p pace) lease() time.Duration { return 3 * p.heartbeat }

var (
	usualPace = pace{heartbeat: time.Second, patience: 2 * time.Second, tolerance: 5 * time.Second}
	// quickPace notices sooner, and forgives that everything is tested at once.
	quickPace = pace{heartbeat: 400 * time.Millisecond, patience: 1500 * time.Millisecond, tolerance: 20 * time.Second}
)

// selectTrials gives all kinds of installations what t has, and each its share of
// the duration.
func (t trial) selectTrials(selected *regexp.Regexp, duration time.Duration) []trial {
	alone, several := t, t
	alone.controllers, alone.clocks = 1, false
	several.store, several.controllers, several.executors = "postgres", 3, 4
	rolling := several
	rolling.rolling, rolling.clocks = true, false
	var trials []trial
	for _, kind := range []struct {
		trial
		name, store, queue string
	}{
		{alone, "sqlite", "sqlite", "internal"},
		{several, "postgres", "postgres", "postgres"},
		{several, "sqs", "postgres", "sqs"},
		{rolling, "upgrade", "postgres", "postgres"},
	} {
		if selected.MatchString(kind.name) {
			kind.trial.name, kind.trial.store, kind.trial.queue = kind.name, kind.store, kind.queue
			trials = append(trials, kind.trial)
		}
	}
	for i := range trials {
		trials[i].duration = duration / time.Duration(len(trials))
	}
	return trials
}

// run installs the platform, inflicts faults, and checks what they left. The
// error says everything that is not as it must be.
func (t trial) run(ctx context.Context, l *lab) (result *result, err error) {
	result = newResult(t)
	i, err := install(ctx, l, t)
	if err != nil {
		return result, fmt.Errorf("install: %w", err)
	}
	defer func() {
		closeErr := i.close(context.WithoutCancel(ctx))
		if err != nil {
			err = errors.Join(err, i.testimony())
		}
		err = errors.Join(err, closeErr)
	}()
	if err := i.begin(ctx); err != nil {
		return result, fmt.Errorf("begin: %w", err)
	}
	if err := i.upgradeFirst(ctx, result); err != nil {
		return result, err
	}
	if err := i.torment(ctx, result); err != nil {
		return result, err
	}
	if err := i.upgradeLast(ctx, result); err != nil {
		return result, err
	}
	if err := i.settle(ctx); err != nil {
		return result, fmt.Errorf("come to rest: %w", err)
	}
	return result, i.examine(ctx, result)
}

// torment inflicts the faults: each once, in any order, and so on until the time
// is over. After each the installation has to come back to normal.
func (i *installation) torment(ctx context.Context, result *result) error {
	end := time.Now().Add(i.duration)
	faults := i.possibleFaults()
	for time.Now().Before(end) {
		i.random.Shuffle(len(faults), func(a, b int) { faults[a], faults[b] = faults[b], faults[a] })
		for _, f := range faults {
			if !time.Now().Before(end) {
				break
			}
			r, err := i.suffer(ctx, f)
			result.suffered(r)
			if err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
			if err := pause.For(ctx, rand.N(i.pace.patience)); err != nil {
				return err
			}
		}
	}
	return nil
}

// recoveryLimit is how long an installation may take to be back to normal, on a
// machine that has other things to do.
const recoveryLimit = time.Minute

// suffer inflicts a fault and waits until everything is as before.
func (i *installation) suffer(ctx context.Context, f fault) (r record, err error) {
	r = record{fault: f.name, at: time.Now()}
	if err := f.inflict(ctx, i); err != nil {
		return r, err
	}
	r.inflicted = time.Since(r.at)
	var longest sample
	r.recovered, longest, err = i.watch.calm(ctx, r.at, i.pace.patience)
	r.waited = longest.waited
	i.lab.log("%s: %s for %s: back to normal after %s, longest wait %s (%s)",
		i.name, f.name, round(r.inflicted), round(r.recovered), round(r.waited), longest.what)
	i.scrape(ctx)
	return r, err
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
