package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/vedettehq/vedette/internal/telemetry"
)

// Screen is where people read. Whatever is no terminal is taken for a program: it
// gets whole texts, full times, and no colours.
type Screen struct {
	w io.Writer
	// width is that of the terminal in cells; 0: lines may have any length.
	width  int
	colour bool
	// terminal tells whether somebody watches.
	terminal bool
	now      time.Time
	err      error
}

// NewScreen finds out what a writer leads to; lookup reads environment variables.
func NewScreen(w io.Writer, lookup func(string) (string, bool)) *Screen {
	s := &Screen{w: w, now: time.Now()}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return s
	}
	s.terminal = true
	s.colour = telemetry.WantsColour(file, lookup)
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		s.width = width
	}
	return s
}

// Linef writes a line. After the first error it writes nothing more; Err has it.
func (s *Screen) Linef(format string, args ...any) { s.printf(format+"\n", args...) }

func (s *Screen) printf(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format, args...)
	}
}

// Err is the first error of writing.
func (s *Screen) Err() error { return s.err }

// Watched tells whether somebody watches, and not a program.
func (s *Screen) Watched() bool { return s.terminal }

// refresh has times be shown as they are now, on a screen that is written to for
// long.
func (s *Screen) refresh() { s.now = time.Now() }

// Rule is a line that sets off what follows: on a terminal as long as that is wide.
func (s *Screen) Rule(title string) string {
	const left = "-- "
	fill := max(s.width-width(left)-width(title)-1, 2)
	return s.paint(bold, left+plain(title)+" "+strings.Repeat("-", fill))
}

// Mark colours a word that says whether something is well.
func (s *Screen) Mark(well bool, word string) string {
	if well {
		return s.paint(green, word)
	}
	return s.paint(red, word)
}
