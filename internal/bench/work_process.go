package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// measureStart measures how long the binary takes to be ready on the embedded
// store, without any monitors but the examples: the first time, when it makes
// its database and the sample shop, and afterwards.
func measureStart(ctx context.Context, l *lab) ([]figure, error) {
	var first, again []time.Duration
	for range l.sizes.rounds {
		s, err := l.serve(ctx, exampleConfiguration)
		if err != nil {
			return nil, err
		}
		for _, to := range []*[]time.Duration{&first, &again} {
			took, err := s.start(ctx)
			if err != nil {
				return nil, err
			}
			if err := s.stop(ctx); err != nil {
				return nil, err
			}
			*to = append(*to, took)
		}
	}
	held := atMost(duration(200 * time.Millisecond))
	return []figure{
		{work: "first start to ready, examples", store: "sqlite", ours: duration(median(first)), target: held},
		{work: "start to ready, examples", store: "sqlite", ours: duration(median(again)), target: held},
	}, nil
}

// exampleConfiguration is what somebody has who has no configuration, but for
// the address.
const exampleConfiguration = `
http_server: {address: "%s"}
monitors: {load_examples: true}
`

// measureIdle measures the memory of the binary when the examples have been
// running for a while.
func measureIdle(ctx context.Context, l *lab) (figures []figure, err error) {
	s, err := l.serve(ctx, exampleConfiguration)
	if err != nil {
		return nil, err
	}
	if _, err := s.start(ctx); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop(ctx)) }()
	if err := pause(ctx, l.sizes.settling); err != nil {
		return nil, err
	}
	memory, err := process.MemoryOf(s.PID())
	return []figure{{
		work: "resident memory, idle with the examples", store: "sqlite",
		ours: size(memory.Resident), target: atMost(size(35 << 20)),
	}}, err
}

// measureBinary measures what has to be copied to install it.
func measureBinary(ctx context.Context, l *lab) ([]figure, error) {
	binary, err := l.build(ctx)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return nil, err
	}
	return []figure{{work: "binary, all plugins", ours: size(info.Size()), target: atMost(size(80_000_000))}}, nil
}
