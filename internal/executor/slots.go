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

// release frees slots that are occupied. To free more would take away somebody
// else's, and in the end wait for ever: that is a bug, of which the process had
// better end than do nothing while its lease goes on.
func (s slots) release(count int) {
	for range count {
		select {
		case <-s:
		default:
			panic("executor: more slots are released than are occupied")
		}
	}
}
