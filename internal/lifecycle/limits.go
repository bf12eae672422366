package lifecycle

import "github.com/vedettehq/vedette/internal/monitor"

// SaveEvents says which of the events that runs cause stay in the history (R80).
type SaveEvents string

// The choices. The zero value is as [SaveAll].
const (
	SaveAll     SaveEvents = "all"     // all events
	SaveMonitor SaveEvents = "monitor" // those of monitors with the option save_events
	SaveOff     SaveEvents = "off"     // none
)

// keeps tells whether events of a run of the monitor stay.
func (s SaveEvents) keeps(d *monitor.Declaration) bool {
	if s == SaveMonitor {
		return d.Options.SaveEvents
	}
	return s != SaveOff
}

// Limits are the configuration's say in what runs change.
type Limits struct {
	// MaxIssuesCreation caps each search of monitors that name no cap of their own
	// (R31). 0: no cap.
	MaxIssuesCreation int
	SaveEvents        SaveEvents
}

// maxIssuesCreation is how many issues one search of the monitor may create.
func (l Limits) maxIssuesCreation(d *monitor.Declaration) (limit int, capped bool) {
	limit = d.Options.MaxIssuesCreation
	if limit == 0 {
		limit = l.MaxIssuesCreation
	}
	return limit, limit > 0
}
