package cli

import (
	"cmp"
	"fmt"
	"strings"
)

// Progress is a line that says how far something is. Where nobody watches it says
// nothing.
type Progress struct {
	screen *Screen
	shown  bool
}

// NewProgress shows progress on a screen, which should be that of messages rather
// than of results.
func NewProgress(screen *Screen) *Progress { return &Progress{screen: screen} }

// usualWidth is that of most terminals.
const usualWidth = 80

// rewind goes to the start of the line and empties it.
const rewind = "\r\x1b[K"

// Show replaces the line.
func (p *Progress) Show(text string) {
	if p.screen.terminal {
		// Some terminals do not tell how wide they are.
		width := cmp.Or(p.screen.width, usualWidth)
		p.screen.printf("%s%s", rewind, fitted(text, max(width-1, narrowest)))
		p.shown = true
	}
}

// Clear takes the line away.
func (p *Progress) Clear() {
	if p.shown {
		p.screen.printf(rewind)
		p.shown = false
	}
}

// Step is a line of progress: a bar, how many of all are done, and what is being
// done now.
func Step(what string, done, total int) string {
	const cells = 20
	full := 0
	if total > 0 {
		full = min(cells*done/total, cells)
	}
	bar := strings.Repeat("=", full) + strings.Repeat(" ", cells-full)
	return fmt.Sprintf("[%s] %d/%d %s", bar, done, total, oneLine(what))
}
