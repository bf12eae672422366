package main

import (
	"bytes"
	"sync"
)

// warnings keeps what is written to a log, in case a measurement fails.
type warnings struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps p.
func (w *warnings) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

// String is all that was written.
func (w *warnings) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}
