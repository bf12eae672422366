package catalog

import (
	"container/list"
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/script"
)

// cache keeps the compiled versions that were used last. It is safe for
// concurrent use.
type cache struct {
	max int

	mu     sync.Mutex
	byID   map[int64]*list.Element
	recent *list.List // of entry, the latest first
}

// entry is a program, or why there is none.
type entry struct {
	versionID int64
	program   *script.Program
	err       error
	// until is when an error is forgotten; zero: never.
	until time.Time
}

func newCache(maxEntries int) *cache {
	return &cache{max: maxEntries, byID: map[int64]*list.Element{}, recent: list.New()}
}

func (c *cache) get(versionID int64) (entry, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byID[versionID]
	if !ok {
		return entry{}, false
	}
	found := element.Value.(entry)
	if !found.until.IsZero() && !time.Now().Before(found.until) {
		c.remove(element)
		return entry{}, false
	}
	c.recent.MoveToFront(element)
	return found, true
}

func (c *cache) put(versionID int64, e entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, ok := c.byID[versionID]; ok {
		c.remove(element)
	}
	e.versionID = versionID
	c.byID[versionID] = c.recent.PushFront(e)
	if c.recent.Len() > c.max {
		c.remove(c.recent.Back())
	}
}

func (c *cache) remove(element *list.Element) {
	c.recent.Remove(element)
	delete(c.byID, element.Value.(entry).versionID)
}
