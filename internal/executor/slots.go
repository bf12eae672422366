package executor

import "context"

// slots bound how much is done at a time: an element is in the channel for each
// slot that is in use.
type slots chan struct{}

// occupy waits until a slot is free and occupies all that are. It returns how
// many, 0 if ctx ended.
func (s slots) occupy(ctx context.Context) int {
	select {
	case <-ctx.Done():
		return 0
	case s <- struct{}{}:
	}
	for count := 1; ; count++ {
		select {
		case s <- struct{}{}:
		default:
			return count
		}
	}
}

func (s slots) release(count int) {
	for range count {
		<-s
	}
}
