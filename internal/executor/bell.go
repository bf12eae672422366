package executor

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/queue"
)

// bell wakes a lane of this process. However often it was rung while nobody
// listened, it is heard once: what it stands for is in the store.
type bell chan struct{}

var _ receiver = bell(nil)

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// Receive waits until the bell rings, ctx ends or wait has passed.
func (b bell) Receive(ctx context.Context, lane queue.Lane, _ int, wait time.Duration) ([]queue.Delivery, error) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-timer.C:
		return nil, nil
	case <-b:
		return []queue.Delivery{{Message: queue.Message{Lane: lane}, Ack: heard}}, nil
	}
}

// heard has nothing to acknowledge: the bell does not ring again by itself.
func heard(context.Context) error { return nil }
