package httpapi

import (
	"maps"
	"sync"
	"time"
)

// trust is how long what the store said of a token or a session is believed: so
// long a token that was revoked at another process may go on here, and not more
// often than that does a request wait for the store because of its token.
const trust = 2 * time.Second

// memory is what the store said of things by their key. It keeps only what there
// is, so that nobody fills it by making keys up.
type memory[T any] struct {
	mu    sync.Mutex
	known map[string]known[T]
	// forgotten counts how often all of it became doubtful: an answer that was asked
	// for before that is not kept.
	forgotten int
}

// known is what the store said, and when.
type known[T any] struct {
	value T
	at    time.Time
}

// get gives what is known of a key, or else what ask says of it.
func (m *memory[T]) get(key string, now time.Time, ask func() (T, error)) (T, error) {
	m.mu.Lock()
	found, ok := m.known[key]
	forgotten := m.forgotten
	m.mu.Unlock()
	if ok && now.Sub(found.at) < trust {
		return found.value, nil
	}
	value, err := ask()
	if err != nil {
		return value, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.forgotten == forgotten {
		if m.known == nil {
			m.known = map[string]known[T]{}
		}
		m.known[key] = known[T]{value, now}
	}
	return value, nil
}

// forget has everything asked for anew.
func (m *memory[T]) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forgotten++
	m.known = nil
}

// clean lets go of what is not believed any more.
func (m *memory[T]) clean(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.known, func(_ string, k known[T]) bool { return now.Sub(k.at) >= trust })
}
