package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/vedettehq/vedette/internal/e2e/process"
)

// measureManyIssues measures runs of very many issues: their time, how it grows
// with their number, and the memory that they take.
func measureManyIssues(ctx context.Context, l *lab) ([]figure, error) {
	return l.each(ctx, func(where place) ([]figure, error) {
		few, err := ownCourse(ctx, where, l.sizes.few, l.sizes.rounds, false)
		if err != nil {
			return nil, err
		}
		floor, err := bareCourse(ctx, where, l.sizes.many, l.sizes.largeRounds, false)
		if err != nil {
			return nil, err
		}
		if err := forgetPeak(); err != nil {
			return nil, err
		}
		many, err := ownCourse(ctx, where, l.sizes.many, l.sizes.largeRounds, false)
		if err != nil {
			return nil, err
		}
		memory, err := process.MemoryOf(os.Getpid())
		growth := factor(median(many.created).Seconds() / median(few.created).Seconds())
		return append(
			compareCourses(l.sizes.many, floor, many),
			figure{
				work:   fmt.Sprintf("growth, %d -> %d created", l.sizes.few, l.sizes.many),
				ours:   growth,
				target: atMost(factor(1.2 * float64(l.sizes.many) / float64(l.sizes.few))),
			},
			figure{
				work: fmt.Sprintf("%d issues, peak memory", l.sizes.many),
				ours: size(memory.Peak), target: atMost(size(1 << 30)),
			},
		), err
	})
}

// forgetPeak has the kernel measure this process's peak memory anew.
func forgetPeak() error {
	debug.FreeOSMemory()
	// The 5 stands for the peak: man 5 proc.
	err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil // No such kernel: MemoryOf will say so.
	}
	return err
}
