package httpapi

import (
	"time"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
	"github.com/vedettehq/vedette/internal/script"
)

// newSilence makes what is asked for of a request; zone is that of its cron unless it
// says. Errors name the field.
func newSilence(request *client.SilenceRequest, zone *time.Location, now time.Time) (monitor.Silence, error) {
	s := monitor.Silence{Comment: request.Comment, StartsAt: now}
	var err error
	if s.Match, err = newMatch(request); err != nil {
		return s, err
	}
	if request.StartsAt != nil {
		s.StartsAt = stored(*request.StartsAt)
	}
	if request.EndsAt != nil {
		s.EndsAt = stored(*request.EndsAt)
	}
	if err := lasting(&s, request, zone); err != nil {
		return s, err
	}
	switch horizon := now.Add(longestExpiry); {
	case s.StartsAt.After(horizon), s.StartsAt.Before(now.Add(-longestExpiry)):
		return s, monitor.Errorf(monitor.CodeInvalid, "starts_at: it has to be within ten years")
	case s.EndsAt.After(horizon):
		return s, monitor.Errorf(monitor.CodeInvalid, "ends_at: it has to be within ten years")
	case request.EndsAt != nil && !s.EndsAt.After(s.StartsAt):
		return s, monitor.Errorf(monitor.CodeInvalid, "ends_at: it has to be after starts_at")
	case s.Status(now) == monitor.SilenceExpired:
		return s, monitor.Errorf(monitor.CodeInvalid, "ends_at: it would be over already, or before it is ever in force")
	}
	return s, nil
}

// newMatch is what a silence is about.
func newMatch(request *client.SilenceRequest) (monitor.SilenceMatch, error) {
	m := monitor.SilenceMatch{
		Everything: request.Everything,
		Monitor:    request.Monitor,
		Labels:     request.Labels,
		Priority:   monitor.Priority(request.Priority),
		IssueID:    request.IssueID,
	}
	for name, value := range m.Labels {
		if name == "" || !isText(name) || !isText(value) {
			return m, monitor.Errorf(monitor.CodeInvalid, "labels: %q: %q is no label: a name and a value, both text without U+0000", name, value)
		}
	}
	narrowed := m
	narrowed.Everything = false
	switch {
	case m.IsZero():
		return m, monitor.Errorf(monitor.CodeInvalid, "nothing says what is to be silenced: give monitor, labels, priority or issue_id, or everything: true")
	case m.Everything && !narrowed.IsZero():
		return m, monitor.Errorf(monitor.CodeInvalid, "everything: leave it out where monitor, labels, priority or issue_id say what is to be silenced")
	}
	return m, nil
}

// lasting fills in until when the silence lasts, or when it recurs.
func lasting(s *monitor.Silence, request *client.SilenceRequest, zone *time.Location) error {
	var lasts time.Duration
	if request.For != "" {
		var err error
		if lasts, err = script.ParseDuration(request.For); err != nil {
			return monitor.Errorf(monitor.CodeInvalid, "for: %w", err)
		}
		if lasts <= 0 {
			return monitor.Errorf(monitor.CodeInvalid, "for: it has to be longer than nothing")
		}
	}
	if request.Every != "" {
		return recurring(s, request, lasts, zone)
	}
	switch {
	case request.Zone != "":
		return monitor.Errorf(monitor.CodeInvalid, "zone: it is that of every, which is missing; starts_at and ends_at have zones of their own")
	case (lasts == 0) == s.EndsAt.IsZero():
		return monitor.Errorf(monitor.CodeInvalid, "one of for and ends_at has to say when it ends")
	case lasts != 0:
		s.EndsAt = stored(s.StartsAt.Add(lasts))
	}
	return nil
}

func recurring(s *monitor.Silence, request *client.SilenceRequest, lasts time.Duration, zone *time.Location) error {
	if lasts == 0 {
		return monitor.Errorf(monitor.CodeInvalid, "for: it has to say how long each time lasts that every names")
	}
	name := request.Zone
	if name == "" {
		name = zone.String()
	}
	var err error
	if s.Window, err = monitor.NewSilenceWindow(request.Every, name, lasts); err != nil {
		return monitor.Errorf(monitor.CodeInvalid, "%w", err)
	}
	return nil
}

// stored is a time as finely as the store keeps it, so that what is answered is what
// holds.
func stored(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
