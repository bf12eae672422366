package cli

import (
	"fmt"
	"time"
)

// moment shows a time: on a terminal how long ago it was, for programs the whole.
// The zero time is nothing to show.
func (s *Screen) moment(t *time.Time) string {
	switch {
	case t == nil || t.IsZero():
		return "-"
	case s.terminal:
		return distance(t.Sub(s.now))
	default:
		return t.UTC().Format(time.RFC3339)
	}
}

// distance says how far away a time is that lies d after now.
func distance(d time.Duration) string {
	switch {
	case d > -time.Second && d < time.Second:
		return "now"
	case d < 0:
		return span(-d) + " ago"
	default:
		return "in " + span(d)
	}
}

// span is a duration in the one unit that says enough.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < 2*time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 2*day:
		return fmt.Sprintf("%dh", d/time.Hour)
	default:
		return fmt.Sprintf("%dd", d/day)
	}
}

// took is how long something ran; nothing if it has not ended.
func took(from, to *time.Time) string {
	if from == nil || to == nil {
		return "-"
	}
	return seconds(to.Sub(*from))
}

// seconds rounds a duration to three digits or so.
func seconds(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	case d < time.Second:
		return d.Round(100 * time.Microsecond).String()
	case d < time.Minute:
		return d.Round(10 * time.Millisecond).String()
	default:
		return d.Round(time.Second).String()
	}
}
