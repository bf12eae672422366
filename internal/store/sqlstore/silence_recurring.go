package sqlstore

import (
	"sync"
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// windows remembers the windows of silences: those of all silences in force are
// looked at for every alert, and reading a time zone takes longer than all the rest.
// There are as many as people thought of.
type windows struct{ known sync.Map }

type windowKey struct {
	every, zone string
	lasts       time.Duration
}

type knownWindow struct {
	window     monitor.SilenceWindow
	unreadable error
}

func (w *windows) get(every, zone string, lasts time.Duration) (monitor.SilenceWindow, error) {
	key := windowKey{every, zone, lasts}
	if known, ok := w.known.Load(key); ok {
		k := known.(knownWindow)
		return k.window, k.unreadable
	}
	window, err := monitor.ReadSilenceWindow(every, zone, lasts)
	w.known.Store(key, knownWindow{window, err})
	return window, err
}
