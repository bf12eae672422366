package app

import (
	"errors"
	"fmt"
	"slices"
)

// cleanups release what was taken hold of, the latest first.
type cleanups []cleanup

type cleanup struct {
	name string
	do   func() error
}

// add is to stand on the line after what it releases was made.
func (c *cleanups) add(name string, do func() error) {
	*c = append(*c, cleanup{name, do})
}

func (c *cleanups) run() error {
	var errs []error
	for _, cleanup := range slices.Backward(*c) {
		if err := cleanup.do(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", cleanup.name, err))
		}
	}
	*c = nil
	return errors.Join(errs...)
}
