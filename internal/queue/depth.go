package queue

import (
	"context"
	"time"
)

// Depth is how much waits in a lane.
type Depth struct {
	// Messages are those that were sent and not acknowledged, about so many.
	Messages int
	// Oldest is for how long the oldest of them has been there, 0 without any;
	// negative where the queue does not tell.
	Oldest time.Duration
}

// Measured is what a queue also is that tells what waits in it.
type Measured interface {
	// Measure tells of every lane. It is cheap enough to be asked a few times a
	// minute by every process, whatever waits.
	Measure(ctx context.Context) (map[Lane]Depth, error)
}
