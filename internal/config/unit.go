package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Size is a number of bytes.
type Size int64

const mebibyte Size = 1 << 20

type sizeUnit struct {
	suffix string
	bytes  Size
}

// sizeUnits are tried in order: a unit stands before those that end like it.
var sizeUnits = [...]sizeUnit{
	{"GiB", 1 << 30},
	{"MiB", mebibyte},
	{"KiB", 1 << 10},
	{"GB", 1e9},
	{"MB", 1e6},
	{"kB", 1e3},
	{"B", 1},
}

// ParseSize reads a size such as 128MiB, or a number of bytes.
func ParseSize(text string) (Size, error) {
	number, factor := text, Size(1)
	for _, unit := range sizeUnits {
		if before, ok := strings.CutSuffix(text, unit.suffix); ok {
			number, factor = before, unit.bytes
			break
		}
	}
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/int64(factor) {
		return 0, fmt.Errorf("%q is no size: write it as 128MiB", text)
	}
	return Size(n) * factor, nil
}

// String is the size in the largest binary unit that leaves nothing over.
func (s Size) String() string {
	for _, unit := range sizeUnits[:3] {
		if s >= unit.bytes && s%unit.bytes == 0 {
			return strconv.FormatInt(int64(s/unit.bytes), 10) + unit.suffix
		}
	}
	return strconv.FormatInt(int64(s), 10) + "B"
}

// ParseDuration reads a duration such as 30s, 1h30m or 365d. It is never
// negative.
func ParseDuration(text string) (time.Duration, error) {
	days, rest, found := strings.Cut(text, "d")
	if !found {
		days, rest = "0", text
	}
	d, err := addDays(days, rest)
	if err != nil || text == "" {
		return 0, fmt.Errorf("%q is no duration: write it as 30s, 5m, 12h or 365d", text)
	}
	return d, nil
}

func addDays(days, rest string) (time.Duration, error) {
	n, err := strconv.ParseUint(days, 10, 31)
	if err != nil {
		return 0, err
	}
	var d time.Duration
	if rest != "" {
		if d, err = time.ParseDuration(rest); err != nil {
			return 0, err
		}
	}
	if d < 0 || time.Duration(n) > (math.MaxInt64-d)/day {
		return 0, errors.New("out of range")
	}
	return time.Duration(n)*day + d, nil
}

// formatDuration is the inverse of [ParseDuration], without zero parts.
func formatDuration(d time.Duration) string {
	if d != 0 && d%day == 0 {
		return strconv.FormatInt(int64(d/day), 10) + "d"
	}
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
