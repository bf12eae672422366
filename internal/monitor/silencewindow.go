package monitor

import (
	"fmt"
	"time"
)

// The bounds of how long a window lasts.
const (
	ShortestWindow = time.Minute
	LongestWindow  = 31 * 24 * time.Hour
)

// windowsCompared is how many windows in a row are looked at for two that overlap.
const windowsCompared = 100

// SilenceWindow says when a silence is in force that recurs: each time for as long
// as Lasts, which is counted in time that passes, whatever the clock is changed by.
type SilenceWindow struct {
	// Every is a cron expression, meant in the time zone of the name Zone.
	Every, Zone string
	Lasts       time.Duration

	cron Cron
}

// NewSilenceWindow makes a window. The error names what is wrong in the words of
// the fields every, zone and for.
func NewSilenceWindow(every, zone string, lasts time.Duration) (SilenceWindow, error) {
	w, err := ReadSilenceWindow(every, zone, lasts)
	switch {
	case err != nil:
		return w, err
	case lasts < ShortestWindow || lasts > LongestWindow:
		return w, fmt.Errorf("for: windows have to last from %s to %d days", span(ShortestWindow), LongestWindow/(24*time.Hour))
	case lasts%time.Second != 0:
		return w, fmt.Errorf("for: windows have to last for whole seconds")
	}
	// In a zone whose clock is never changed, lest the answer depend on the season.
	even, err := ParseCron(every, time.UTC)
	if err != nil {
		return w, fmt.Errorf("every: %w", err)
	}
	start := even.Next(time.Date(2024, time.January, 1, 0, 0, 0, 0, time.UTC))
	for range windowsCompared {
		next := even.Next(start)
		if next.Sub(start) < lasts {
			return w, fmt.Errorf("for: the windows overlap: the next begins after %s and each lasts %s; one that is always in force takes no every",
				span(next.Sub(start)), span(lasts))
		}
		start = next
	}
	return w, nil
}

// ReadSilenceWindow makes a window that was found good before.
func ReadSilenceWindow(every, zone string, lasts time.Duration) (SilenceWindow, error) {
	w := SilenceWindow{Every: every, Zone: zone, Lasts: lasts}
	location, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return w, fmt.Errorf("zone: %q is not the name of a time zone: expected one such as UTC or Europe/Berlin", zone)
	}
	if w.cron, err = ParseCron(every, location); err != nil {
		return w, fmt.Errorf("every: %w", err)
	}
	return w, nil
}

// IsZero tells whether there is no window.
func (w *SilenceWindow) IsZero() bool { return w.Every == "" }

// LastsText is how long it lasts, as people write it.
func (w *SilenceWindow) LastsText() string { return span(w.Lasts) }

// around gives the window that is open at t, or else the next; zero: there is none.
func (w *SilenceWindow) around(t time.Time) (from, to time.Time) {
	from = w.cron.Next(t.Add(-w.Lasts))
	if from.IsZero() {
		return from, from
	}
	return from.UTC(), from.Add(w.Lasts).UTC()
}

// span is a duration as people write it.
func span(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	default:
		return d.String()
	}
}
