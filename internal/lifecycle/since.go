package lifecycle

import (
	"time"

	"github.com/vedettehq/vedette/internal/monitor"
)

// sinceLayouts are the texts in which data holds times. Stored form is the first;
// the others come from databases without a time type. Without a zone it is UTC.
var sinceLayouts = [...]string{
	time.RFC3339,
	time.DateOnly,
	"2006-01-02T15:04:05",
	time.DateTime,
}

// secondsSince gives how long before now a time in an issue's data is: RFC 3339
// text, a date, or a number of seconds since 1970. False if it is none of these.
func secondsSince(value monitor.Data, now time.Time) (float64, bool) {
	if epoch, ok := value.Number(); ok {
		return float64(now.UnixMicro())/1e6 - epoch, true
	}
	text, ok := value.Text()
	if !ok {
		return 0, false
	}
	for _, layout := range sinceLayouts {
		if since, err := time.Parse(layout, text); err == nil {
			return now.Sub(since).Seconds(), true
		}
	}
	return 0, false
}
