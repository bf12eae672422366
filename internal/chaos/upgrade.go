package main

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/pause"
)

// upgradeFirst has the installation migrated while the earlier binary works on it,
// and every second process replaced by one of this release. The others stay, so
// that both work side by side on the new schema.
func (i *installation) upgradeFirst(ctx context.Context, result *result) error {
	if !i.rolling {
		return nil
	}
	i.lab.log("%s: the schema is migrated", i.name)
	if err := i.members[0].migrate(ctx, i.lab.binary); err != nil {
		return err
	}
	for n, m := range i.members {
		if n%2 == 0 {
			if err := i.replace(ctx, m, i.lab.binary, "a process is upgraded", result); err != nil {
				return err
			}
		}
	}
	return nil
}

// upgradeLast takes one step back, as somebody does who sees something wrong, and
// then goes all the way.
func (i *installation) upgradeLast(ctx context.Context, result *result) error {
	if !i.rolling {
		return nil
	}
	earlier, err := i.lab.before(ctx)
	if err != nil {
		return err
	}
	last := i.members[len(i.members)-1]
	if err := i.replace(ctx, last, i.lab.binary, "a process is upgraded", result); err != nil {
		return err
	}
	if err := i.replace(ctx, last, earlier.binary, "a process is downgraded", result); err != nil {
		return err
	}
	for _, m := range i.members {
		if m.config.Binary == i.lab.binary {
			continue
		}
		if err := i.replace(ctx, m, i.lab.binary, "a process is upgraded", result); err != nil {
			return err
		}
	}
	return nil
}

// replace stops a process in order and starts another binary in its place.
func (i *installation) replace(ctx context.Context, m *member, binary, name string, result *result) error {
	r, err := i.suffer(ctx, fault{name: name, inflict: func(ctx context.Context, _ *installation) error {
		if err := m.stop(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		m.config.Binary = binary
		if err := m.start(); err != nil {
			return err
		}
		return m.ready(ctx)
	}})
	result.suffered(r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return pause.For(ctx, i.anyTime(time.Second))
}
