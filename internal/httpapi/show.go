package httpapi

import "time"

// moment is a time in UTC, or nil for one that has not come.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
