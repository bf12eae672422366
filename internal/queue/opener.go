package queue

import "context"

// Driver makes queues of one kind.
type Driver struct {
	// Open connects to the queue.
	Open func(ctx context.Context) (Queue, error)
	// Shared tells whether several processes can use the same queue.
	Shared bool
}
