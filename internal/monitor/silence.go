package monitor

import "time"

// Silence keeps people from being told of some alerts for a while. It never keeps
// anything from being watched: issues and alerts come and go as ever.
type Silence struct {
	ID    int64
	Match SilenceMatch
	// StartsAt and EndsAt bound it: from the first to just before the second. A zero
	// EndsAt never comes; only one with a window may have that.
	StartsAt, EndsAt time.Time
	// Window, if it is not zero, says when within these bounds it is in force.
	Window SilenceWindow
	// Comment says why.
	Comment   string
	CreatedAt time.Time
	CreatedBy string
	// ExpiredAt is when somebody ended it before its time; zero: nobody has.
	ExpiredAt      time.Time
	ExpiredBy      string
	ExpiredComment string
}

// SilenceStatus is where a silence is in its life.
type SilenceStatus string

// The statuses of a silence.
const (
	// SilenceActive: it is in force.
	SilenceActive SilenceStatus = "active"
	// SilencePending: it will be in force.
	SilencePending SilenceStatus = "pending"
	// SilenceExpired: it never will be again.
	SilenceExpired SilenceStatus = "expired"
)

// Status is where it is in its life.
func (s *Silence) Status(now time.Time) SilenceStatus {
	from, _, ok := s.Span(now)
	switch {
	case !ok:
		return SilenceExpired
	case from.After(now):
		return SilencePending
	default:
		return SilenceActive
	}
}

// Active tells whether it is in force.
func (s *Silence) Active(now time.Time) bool { return s.Status(now) == SilenceActive }

// Span is the time in which it is in force at now, or is next; false: it never is
// again. to does not belong to it.
func (s *Silence) Span(now time.Time) (from, to time.Time, ok bool) {
	end := s.end()
	at := latest(now, s.StartsAt)
	from, to = s.StartsAt, end
	if !s.Window.IsZero() {
		from, to = s.Window.around(at)
		if from.IsZero() {
			return from, to, false
		}
		from, to = latest(from, s.StartsAt), earliest(to, end)
	}
	return from, to, to.After(at) && to.After(from)
}

// NextEnd is when it is next over, for good or until its next window; zero: it is
// over for good. Then what is still wrong has to be told (R82).
func (s *Silence) NextEnd(now time.Time) time.Time {
	if _, to, ok := s.Span(now); ok {
		return to
	}
	return time.Time{}
}

// end is when it is over for good; zero: never.
func (s *Silence) end() time.Time { return earliest(s.EndsAt, s.ExpiredAt) }

// earliest gives the earlier of two times of which zero means never.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
