package notifier

import (
	"log/slog"
	"sync"
)

// unknown remembers which receivers were found not to be configured: it is said
// once, and not for each alert.
type unknown struct {
	mu   sync.Mutex
	said map[string]bool
}

func (u *unknown) say(logger *slog.Logger, receiver string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.said[receiver] {
		return
	}
	u.said[receiver] = true
	logger.Warn("a monitor names a receiver that is not configured here: nobody is told of its alerts there",
		slog.String("receiver", receiver))
}
