package httpapi

import "sync"

// keptBytes bounds what kept answers take, and what they take compressed once more.
// It is a dozen lists of a thousand.
const keptBytes = 8 << 20

// kept has answers that would be the same again: those of one edition of the store,
// which each request asks for anew. So nothing is remembered that may have changed,
// whoever changed it, and nothing of anybody in particular.
type kept struct {
	mu      sync.Mutex
	edition string
	answers map[string]*ready
	bytes   int
}

// get gives the answer to what was asked of an edition; nil: there is none.
func (k *kept) get(edition, key string) *ready {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.edition != edition {
		return nil
	}
	return k.answers[key]
}

// put keeps an answer that was read after the edition was asked for. Those of other
// editions are let go of; so are all if there are too many: they are soon read again.
func (k *kept) put(edition, key string, answer *ready) {
	size := len(key) + len(answer.text)
	if size > keptBytes {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.answers == nil || k.edition != edition || k.bytes+size > keptBytes {
		k.edition, k.answers, k.bytes = edition, map[string]*ready{}, 0
	}
	if k.answers[key] == nil {
		k.answers[key] = answer
		k.bytes += size
	}
}
