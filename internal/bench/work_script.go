package main

import (
	"context"
	"fmt"
	"time"

	"github.com/vedettehq/vedette/internal/bench/floor"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// measureScript measures asking is_solved of every stored issue, against
// decoding the stored issues and asking nothing.
func measureScript(ctx context.Context, l *lab) ([]figure, error) {
	program, err := compile("orders", code)
	if err != nil {
		return nil, err
	}
	entries := floor.Entries(l.sizes.many, 1, false)
	stored := make([]monitor.Data, len(entries))
	for i := range entries {
		stored[i] = monitor.Data(entries[i].Data())
	}
	var decoding, asking []time.Duration
	for range l.sizes.rounds {
		if err := add(&decoding, func() error { return decodeAll(stored) }); err != nil {
			return nil, err
		}
		if err := add(&asking, func() error { return askAll(ctx, program, stored) }); err != nil {
			return nil, err
		}
	}
	return []figure{{
		work:  fmt.Sprintf("is_solved of %d stored issues", len(stored)),
		floor: duration(median(decoding)), ours: duration(median(asking)), target: timesFloor(2),
	}}, nil
}

func decodeAll(stored []monitor.Data) error {
	for _, data := range stored {
		if _, err := script.Decode(data); err != nil {
			return err
		}
	}
	return nil
}

func askAll(ctx context.Context, program *script.Program, stored []monitor.Data) error {
	answers := program.IsSolved(ctx, script.Call{Now: time.Now(), Limits: limits()}, stored)
	if answers.Err != nil {
		return answers.Err
	}
	if answers.Failed > 0 || len(answers.Solved) != len(stored) {
		return fmt.Errorf("is_solved answered %d of %d, %d failed: %w", len(answers.Solved), len(stored), answers.Failed, answers.First)
	}
	return nil
}

func compile(name, code string) (*script.Program, error) {
	program, diagnostics := newCompiler().Compile(name, monitor.Files{monitor.CodeFile: code})
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("compile the monitor: %s", diagnostics)
	}
	return program, nil
}
