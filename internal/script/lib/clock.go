package lib

import (
	"fmt"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func clock() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "now() -> Time",
			Doc:       "The run's time: it is the same wherever the run asks.",
			Run:       now,
		},
		{
			Signature: "age(x: Time | str) -> TimeDuration",
			Doc:       "How long ago a time was, given as such or as text.",
			Run:       age,
		},
		{
			Signature: "days(n: int, zone: str | None = None) -> str",
			Doc:       `The date n days ago, as "2026-11-23", in UTC or the zone.`,
			Run:       days,
		},
	}
}

func now(s *script.Scope, _ *script.Args) (starlark.Value, error) {
	return starlarktime.Time(s.Now()), nil
}

func age(s *script.Scope, a *script.Args) (starlark.Value, error) {
	switch value := a.Value("x").(type) {
	case starlarktime.Time:
		return asDuration(s.Now().Sub(time.Time(value))), nil
	case starlark.String:
		t, err := ParseTime(string(value), time.UTC)
		return asDuration(s.Now().Sub(t)), err
	default:
		a.Refuse("x", "must be a time or its text, not %s", script.Describe(value))
		return nil, a.Err()
	}
}

func days(s *script.Scope, a *script.Args) (starlark.Value, error) {
	n, zone := a.Int("n", 0), zoneArgument(a, "zone")
	if err := a.Err(); err != nil {
		return nil, err
	}
	return starlark.String(s.Now().In(zone).AddDate(0, 0, -n).Format(time.DateOnly)), nil
}

func zoneArgument(a *script.Args, name string) *time.Location {
	if !a.Has(name) {
		return time.UTC
	}
	text := a.String(name)
	zone, err := time.LoadLocation(text)
	if err != nil && !a.Refused(name) {
		a.Refuse(name, `is no time zone: %q (expected a name such as "Europe/Berlin")`, text)
		return time.UTC
	}
	return zone
}

// timeLayouts are the ways in which times are written that are understood without
// being told: RFC 3339, what databases print, and dates. Seconds may have a
// fraction in all of them.
var timeLayouts = []string{
	time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z07", "2006-01-02T15:04:05", time.DateTime,
	"2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly,
}

// ParseTime reads a time in any of the ways that monitors understand; where the
// text has no zone it is meant in the given one.
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf(`%q is not a time: expected "2026-11-23T12:00:00Z", "2026-11-23 12:00:00" or "2026-11-23"`, text)
}
