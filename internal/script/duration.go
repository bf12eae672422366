package script

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

var durationUnits = map[string]time.Duration{
	"ns": time.Nanosecond, "us": time.Microsecond, "µs": time.Microsecond, "ms": time.Millisecond,
	"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
}

// ParseDuration reads a duration such as "30s", "1h30m" or "7d": Go's notation,
// with days of 24 hours and weeks besides.
func ParseDuration(text string) (time.Duration, error) {
	rest, negative := strings.CutPrefix(text, "-")
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, badDuration(text)
	}
	var total float64
	for rest != "" {
		end := len(rest) - len(strings.TrimLeft(rest, "0123456789."))
		number, err := strconv.ParseFloat(rest[:end], 64)
		if err != nil {
			return 0, badDuration(text)
		}
		rest = rest[end:]
		end = strings.IndexAny(rest, "0123456789.")
		if end < 0 {
			end = len(rest)
		}
		unit, ok := durationUnits[rest[:end]]
		if !ok {
			return 0, badDuration(text)
		}
		rest = rest[end:]
		total += number * float64(unit)
	}
	if total >= math.MaxInt64 {
		return 0, fmt.Errorf("%q is longer than 292 years", text)
	}
	if negative {
		total = -total
	}
	return time.Duration(math.Round(total)), nil
}

func badDuration(text string) error {
	return fmt.Errorf(`%q is not a duration: write "30s", "5m", "2h" or "7d"`, text)
}
