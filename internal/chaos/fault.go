package main

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// fault is something that happens to processes and servers.
type fault struct {
	name     string
	possible func(*installation) bool
	inflict  func(context.Context, *installation) error
}

func always(*installation) bool        { return true }
func separate(i *installation) bool    { return i.executors > 0 }
func together(i *installation) bool    { return i.executors == 0 }
func restartable(i *installation) bool { return i.postgres != nil && i.postgres.CanRestart() }
func queued(i *installation) bool      { return i.bell != nil }
func standingIn(i *installation) bool  { return i.sqs != nil }

// faults are all that there are.
var faults = []fault{
	{"an executor is killed", separate, func(_ context.Context, i *installation) error { return i.killOne("executor") }},
	{"a controller is killed", separate, func(_ context.Context, i *installation) error { return i.killOne("controller") }},
	{"everything is killed", always, killAll},
	{"an executor is stopped", separate, func(ctx context.Context, i *installation) error { return i.stopOne(ctx, "executor") }},
	{"a controller is stopped", separate, func(ctx context.Context, i *installation) error { return i.stopOne(ctx, "controller") }},
	{"the process is stopped", together, stopAll},
	{"an executor is frozen past its lease", separate, func(ctx context.Context, i *installation) error { return i.freezeOne(ctx, "executor") }},
	{"a controller is frozen", separate, func(ctx context.Context, i *installation) error { return i.freezeOne(ctx, "controller") }},
	{"the process is frozen", together, freezeAll},
	{"an executor is killed and another one frozen", separate, killAndFreeze},
	{"PostgreSQL is restarted", restartable, func(ctx context.Context, i *installation) error { return i.postgres.Restart(ctx, false) }},
	{"PostgreSQL crashes", restartable, func(ctx context.Context, i *installation) error { return i.postgres.Restart(ctx, true) }},
	{"the queue is started anew", standingIn, func(ctx context.Context, i *installation) error { return i.sqs.restart(ctx) }},
	{"messages are repeated, old or foreign", queued, forge},
	{"messages are late, out of order or gone", queued, func(ctx context.Context, i *installation) error { return i.bell.steal(ctx) }},
}

func (i *installation) possibleFaults() (possible []fault) {
	for _, f := range faults {
		if f.possible(i) && (i.only == nil || i.only.MatchString(f.name)) {
			possible = append(possible, f)
		}
	}
	return possible
}

// victim is any process of a role.
func (i *installation) victim(role string) *member {
	var candidates []*member
	for _, m := range i.members {
		if m.role == role {
			candidates = append(candidates, m)
		}
	}
	return candidates[i.random.IntN(len(candidates))]
}

// killOne kills a process as a power cut would. Another one takes its place at
// once, as a supervisor sees to.
func (i *installation) killOne(role string) error {
	m := i.victim(role)
	if err := m.kill(); err != nil {
		return err
	}
	return m.start()
}

func (i *installation) stopOne(ctx context.Context, role string) error {
	m := i.victim(role)
	if err := m.stop(ctx); err != nil {
		return fmt.Errorf("%s: %w", m.name, err)
	}
	return m.start()
}

// freezeOne has a process miss its lease and find itself in a later time.
func (i *installation) freezeOne(ctx context.Context, role string) error {
	m := i.victim(role)
	if err := m.instance.Freeze(); err != nil {
		return err
	}
	err := pause.For(ctx, i.pace.lease()+time.Second+i.anyTime(2*time.Second))
	if thawErr := m.instance.Thaw(); thawErr != nil {
		return thawErr
	}
	return err
}

func killAndFreeze(ctx context.Context, i *installation) error {
	if err := i.killOne("executor"); err != nil {
		return err
	}
	return i.freezeOne(ctx, "executor")
}

// alone does something during which there is no controller, and afterwards waits
// until there is one again.
func (i *installation) alone(ctx context.Context, do func() error) error {
	from := time.Now()
	if err := do(); err != nil {
		return err
	}
	for _, m := range i.members {
		if err := m.ready(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	i.away = append(i.away, span{from, time.Now()})
	return nil
}

func killAll(ctx context.Context, i *installation) error {
	return i.alone(ctx, func() error {
		for _, m := range i.members {
			if err := m.kill(); err != nil {
				return err
			}
		}
		if err := pause.For(ctx, i.anyTime(time.Second)); err != nil {
			return err
		}
		for _, m := range i.members {
			if err := m.start(); err != nil {
				return err
			}
		}
		return nil
	})
}

func stopAll(ctx context.Context, i *installation) error {
	return i.alone(ctx, func() error { return i.stopOne(ctx, "run") })
}

func freezeAll(ctx context.Context, i *installation) error {
	return i.alone(ctx, func() error { return i.freezeOne(ctx, "run") })
}

func (i *installation) anyTime(atMost time.Duration) time.Duration {
	return time.Duration(i.random.Int64N(int64(atMost)))
}

// forge rings for executions that ended long ago, and puts into the queue what
// nobody should have.
func forge(ctx context.Context, i *installation) error {
	rows, err := i.db.QueryContext(ctx, "select id from executions order by id desc limit 200")
	if err != nil {
		return err
	}
	ids, err := collect[int64](rows)
	if err != nil {
		return err
	}
	i.random.Shuffle(len(ids), func(a, b int) { ids[a], ids[b] = ids[b], ids[a] })
	return i.bell.forge(ctx, ids)
}
