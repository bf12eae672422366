package lib

import (
	"fmt"
	"math"
	"time"

	starlarktime "go.starlark.net/lib/time"
	"go.starlark.net/starlark"

	"github.com/vedettehq/vedette/internal/script"
)

func timeModule() []script.Builtin {
	return []script.Builtin{
		{
			Signature: "time.now() -> Time",
			Doc:       "The run's time, as now().",
			Run:       now,
		},
		{
			Signature: `time.parse_time(x: str, format: str | None = None, location: str = "UTC") -> Time`,
			Doc:       "A time from its text: RFC 3339, with or without a zone, or a date; or in a format of Go's.",
			Place:     script.Anywhere,
			Run:       timeFromText,
		},
		{
			Signature: "time.parse_duration(x: Duration) -> TimeDuration",
			Doc:       `A duration from "90s", "2h30m", "7d" or from seconds.`,
			Place:     script.Anywhere,
			Run:       durationFromText,
		},
		{
			Signature: "time.from_timestamp(seconds: float, nanoseconds: int = 0) -> Time",
			Doc:       "The time so many seconds after the start of 1970, in UTC.",
			Place:     script.Anywhere,
			Run:       timeFromSeconds,
		},
		{
			Signature: `time.time(*, year: int = 0, month: int = 0, day: int = 0, hour: int = 0, minute: int = 0, second: int = 0, nanosecond: int = 0, location: str = "UTC") -> Time`,
			Doc:       "A time from its parts.",
			Place:     script.Anywhere,
			Run:       timeFromParts,
		},
		{
			Signature: "time.is_valid_timezone(name: str) -> bool",
			Doc:       "Whether there is a time zone of that name.",
			Place:     script.Anywhere,
			Run:       isValidZone,
		},
	}
}

func timeConstants() []script.Constant {
	var constants []script.Constant
	for _, unit := range []string{"nanosecond", "microsecond", "millisecond", "second", "minute", "hour"} {
		constants = append(constants, script.Constant{
			Name: "time." + unit, Type: "TimeDuration", Doc: "A duration of one " + unit + ".",
			Value: starlarktime.Module.Members[unit],
		})
	}
	return constants
}

func timeFromText(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	text, layout, zone := a.String("x"), a.String("format"), zoneArgument(a, "location")
	if err := a.Err(); err != nil {
		return nil, err
	}
	if layout == "" {
		t, err := ParseTime(text, zone)
		return starlarktime.Time(t), err
	}
	t, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		return nil, fmt.Errorf("%q is not a time in the format %q", text, layout)
	}
	return starlarktime.Time(t), nil
}

func durationFromText(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	d := a.Duration("x")
	return asDuration(d), a.Err()
}

func timeFromSeconds(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	nanoseconds := a.Int("nanoseconds", 0)
	if err := a.Err(); err != nil {
		return nil, err
	}
	switch value := a.Value("seconds").(type) {
	case starlark.Int:
		if seconds, ok := value.Int64(); ok && fitsTime(float64(seconds)) {
			return starlarktime.Time(time.Unix(seconds, int64(nanoseconds)).UTC()), nil
		}
	case starlark.Float:
		if fitsTime(float64(value)) {
			whole, fraction := math.Modf(float64(value))
			return starlarktime.Time(time.Unix(int64(whole), int64(fraction*1e9)+int64(nanoseconds)).UTC()), nil
		}
	default:
		a.Refuse("seconds", "must be a number, not %s", script.Describe(value))
		return nil, a.Err()
	}
	a.Refuse("seconds", "is out of range: %v", a.Value("seconds"))
	return nil, a.Err()
}

// fitsTime tells whether a time can be written as RFC 3339, with a year of four
// digits.
func fitsTime(seconds float64) bool {
	const year0, year10000 = -62167219200, 253402300800
	return seconds >= year0 && seconds < year10000
}

func timeFromParts(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	zone := zoneArgument(a, "location")
	t := time.Date(a.Int("year", 0), time.Month(a.Int("month", 0)), a.Int("day", 0),
		a.Int("hour", 0), a.Int("minute", 0), a.Int("second", 0), a.Int("nanosecond", 0), zone)
	return starlarktime.Time(t), a.Err()
}

func isValidZone(_ *script.Scope, a *script.Args) (starlark.Value, error) {
	_, err := time.LoadLocation(a.String("name"))
	return starlark.Bool(err == nil), a.Err()
}
