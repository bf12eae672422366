package monitor

import (
	"time"

	"github.com/robfig/cron/v3"
)

// Cron says when a task is due, in one time zone (R70). The zero value is never
// due.
//
// The clock changes twice a year in many zones, and no run is lost or doubled
// by that:
//
//   - A cron that names its hours means times of day. A time that spring leaves
//     out comes once, right after the gap; a time that autumn repeats comes the
//     first time only.
//   - A cron that runs in every hour means a rhythm, and goes on in it: it runs
//     through the repeated hour as through any other. In spring it goes on after the
//     gap; where the gap shifts the rhythm, as half an hour does on Lord Howe
//     Island, one run right after the gap stands for those left out.
type Cron struct {
	// spec reckons in the dates and times of a wall clock, written as UTC, where no
	// day has a gap: the library skips and repeats runs if it is given a zone.
	spec      *cron.SpecSchedule
	zone      *time.Location
	everyHour bool
}

// allHours has a bit for each hour of the day, as in cron.SpecSchedule.
const allHours = 1<<24 - 1

// Next gives the first time after the given one at which the task is due, or the
// zero time if it never is again. It is in the cron's zone.
func (c Cron) Next(after time.Time) time.Time {
	switch {
	case c.spec == nil:
		return time.Time{}
	case c.everyHour:
		return c.nextInRhythm(after.In(c.zone))
	}
	return c.nextTimeOfDay(after.In(c.zone))
}

// nextTimeOfDay is Next for a cron that names its hours.
func (c Cron) nextTimeOfDay(after time.Time) time.Time {
	wall := wallClock(after)
	// While the clock shows times for the second time they have had their turn.
	if start, _ := after.ZoneBounds(); !start.IsZero() {
		if end := wallBefore(start); wall.Before(end) {
			wall = end.Add(-time.Second)
		}
	}
	next := c.match(wall)
	if next.IsZero() {
		return next
	}
	return firstShown(next, c.zone)
}

// nextInRhythm is Next for a cron that runs in every hour: it looks for a match
// between one change of the clock and the next, during which time is even.
func (c Cron) nextInRhythm(after time.Time) time.Time {
	for {
		wall := wallClock(after)
		match := c.match(wall)
		if match.IsZero() {
			return match
		}
		next := after.Add(match.Sub(wall))
		change, ok := nextChange(after)
		if !ok || next.Before(change) {
			return next
		}
		before, now := wallBefore(change), wallClock(change)
		if match.Before(now) && !c.matches(match.Add(now.Sub(before))) {
			return change
		}
		if c.matches(now) {
			return change
		}
		after = change
	}
}

// nextChange gives a time up to which the clock is not changed, false if it never
// is again. It need not be changed then: package time also ends zones with the
// year, and that a day early in leap years, which makes the bound lie in the past.
func nextChange(after time.Time) (time.Time, bool) {
	_, end := after.ZoneBounds()
	if !end.IsZero() && !end.After(after) {
		end = after.AddDate(0, 0, 1)
	}
	return end, !end.IsZero()
}

// match gives the first time after wall that fits the spec. The library gives up
// after five years, but a 29 February can be eight years away.
func (c Cron) match(wall time.Time) time.Time {
	for range 3 {
		if next := c.spec.Next(wall); !next.IsZero() {
			return next
		}
		wall = time.Date(wall.Year()+6, time.January, 1, 0, 0, -1, 0, time.UTC)
	}
	return time.Time{}
}

func (c Cron) matches(wall time.Time) bool {
	return c.spec.Next(wall.Add(-time.Second)).Equal(wall)
}

// wallClock gives what the clock in t's zone shows, written as UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// wallBefore gives what the clock would show at a change if it were not changed.
func wallBefore(change time.Time) time.Time {
	return wallClock(change.Add(-time.Second)).Add(time.Second)
}

// firstShown gives the first moment at which the clock in zone shows wall, or the
// end of the gap if it never does.
func firstShown(wall time.Time, zone *time.Location) time.Time {
	year, month, day := wall.Date()
	hour, minute, second := wall.Clock()
	t := time.Date(year, month, day, hour, minute, second, 0, zone)
	start, end := t.ZoneBounds()
	// In a gap time.Date takes the offset of either side of it.
	switch shown := wallClock(t); {
	case shown.After(wall):
		return start
	case shown.Before(wall):
		return end
	}
	if !start.IsZero() {
		if first := t.Add(wallClock(start).Sub(wallBefore(start))); first.Before(start) {
			return first
		}
	}
	return t
}
