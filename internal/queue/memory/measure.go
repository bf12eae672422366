package memory

import (
	"context"
	"time"

	"github.com/vedettehq/vedette/internal/queue"
)

var _ queue.Measured = (*Queue)(nil)

// Measure counts exactly.
func (q *Queue) Measure(context.Context) (map[queue.Lane]queue.Depth, error) {
	depths := make(map[queue.Lane]queue.Depth, len(q.lanes))
	for name, lane := range q.lanes {
		depths[name] = lane.depth()
	}
	return depths, nil
}

func (l *lane) depth() queue.Depth {
	l.mu.Lock()
	defer l.mu.Unlock()
	depth := queue.Depth{Messages: len(l.ready) + len(l.hidden)}
	oldest := time.Time{}
	note := func(m waiting) {
		if oldest.IsZero() || m.sent.Before(oldest) {
			oldest = m.sent
		}
	}
	for _, m := range l.ready {
		note(m)
	}
	for _, h := range l.hidden {
		note(h.waiting)
	}
	if !oldest.IsZero() {
		depth.Oldest = time.Since(oldest)
	}
	return depth
}
