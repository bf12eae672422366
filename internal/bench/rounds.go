package main

import (
	"slices"
	"time"
)

// timed is how long something takes.
func timed(do func() error) (time.Duration, error) {
	start := time.Now()
	err := do()
	return time.Since(start), err
}

// add notes how long something takes.
func add(to *[]time.Duration, do func() error) error {
	took, err := timed(do)
	*to = append(*to, took)
	return err
}

// inOrder does one thing after the other, up to the first error.
func inOrder(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// median is the middle one of what was measured in several rounds.
func median(rounds []time.Duration) time.Duration { return percentile(rounds, 0.5) }

// percentile is the smallest measurement that the given part does not exceed.
func percentile(measured []time.Duration, part float64) time.Duration {
	sorted := slices.Sorted(slices.Values(measured))
	index := int(part*float64(len(sorted)) + 0.999999) // rounded up
	return sorted[max(0, min(index, len(sorted))-1)]
}
