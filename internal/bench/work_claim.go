package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
	"github.com/vedettehq/vedette/internal/config"
	"github.com/vedettehq/vedette/internal/queue/memory"
)

// measureClaim measures claiming many monitors that are due at the same second,
// among no others and among many that are not.
func measureClaim(ctx context.Context, l *lab) ([]figure, error) {
	var figures []figure
	for _, registered := range []int{l.sizes.due, l.sizes.registered} {
		found, err := l.each(ctx, func(where place) ([]figure, error) {
			bare, err := bareClaim(ctx, where, l.sizes, registered)
			if err != nil {
				return nil, err
			}
			ours, err := ownClaim(ctx, where, l.sizes, registered)
			return []figure{{
				work:  fmt.Sprintf("claim %d due of %d", l.sizes.due, registered),
				floor: duration(bare), ours: duration(ours), target: timesFloor(4),
			}}, err
		})
		if err != nil {
			return nil, err
		}
		figures = append(figures, found...)
	}
	return figures, nil
}

func bareClaim(ctx context.Context, where place, sizes sizes, registered int) (time.Duration, error) {
	work, err := floor.NewClaim(ctx, where.floor, sizes.due, registered)
	if err != nil {
		return 0, err
	}
	var rounds []time.Duration
	for range sizes.largeRounds {
		took, err := timed(func() error { return work.Run(ctx, sizes.due, config.Default().Controller.Batch) })
		if err := errors.Join(err, work.Again(ctx)); err != nil {
			return 0, err
		}
		rounds = append(rounds, took)
	}
	return median(rounds), nil
}

func ownClaim(ctx context.Context, where place, sizes sizes, registered int) (took time.Duration, err error) {
	p, err := openPlatform(ctx, where)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	if err := p.register(ctx, "orders_0", hourlyCode); err != nil {
		return 0, err
	}
	raw, err := openRaw(where)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	if err := raw.multiply(ctx, sizes.due, registered); err != nil {
		return 0, err
	}
	var rounds []time.Duration
	for range sizes.largeRounds {
		took, err := timed(func() error { return p.claimAll(ctx, sizes.due, config.Default().Controller.Batch) })
		if err := errors.Join(err, raw.forgetExecutions(ctx)); err != nil {
			return 0, err
		}
		rounds = append(rounds, took)
	}
	return median(rounds), nil
}

// claimAll does what a controller does at a tick.
func (p *platform) claimAll(ctx context.Context, due, batch int) (err error) {
	bell := memory.New(memory.Config{})
	defer func() { err = errors.Join(err, bell.Close()) }()
	for claimed := 0; claimed < due; {
		ids, err := p.store.ClaimDue(ctx, p.store.Now(), time.UTC, batch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return fmt.Errorf("only %d of %d were due", claimed, due)
		}
		claimed += len(ids)
		if err := bell.Send(ctx, messages(ids)...); err != nil {
			return err
		}
	}
	return nil
}
