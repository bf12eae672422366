package process

import (
	"bytes"
	"strings"
	"sync"
)

// buffer keeps what a process writes and says when there is more.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func newBuffer() *buffer { return &buffer{more: make(chan struct{})} }

// Write keeps p.
func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.more)
	b.more = make(chan struct{})
	return b.text.Write(p)
}

// String is all that was written.
func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *buffer) contains(text string) bool { return strings.Contains(b.String(), text) }

// grown is closed when something more is written after the call: take it before
// looking at the text, so that nothing is missed in between.
func (b *buffer) grown() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.more
}

// Tail is the last lines of what a process wrote.
func Tail(text string, lines int) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}
