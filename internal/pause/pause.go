// Package pause waits between attempts, and no longer than somebody wants it to.
//
// It must not know what is attempted, nor how long to wait for that.
package pause

import (
	"context"
	"time"
)

// For waits. It returns the cause of ctx, as an error, if that ends first.
func For(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}
