package lifecycle

import (
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// journal collects the events of a plan in the order in which they happen (R03),
// and marks what becomes of them (R80).
type journal struct {
	reactions []monitor.EventName
	keep      bool
	// actor and comment are said of every event that a person caused.
	actor, comment string
	events         []monitor.Event
}

// expect makes room for events: growing a list of 100,000 bit by bit would copy
// it many times over.
func (j *journal) expect(count int) { j.events = slices.Grow(j.events, count) }

func (j *journal) issue(name monitor.EventName, issue *monitor.Issue, extra monitor.Extra) {
	j.add(monitor.Event{Name: name, Issue: issue, Extra: extra})
}

func (j *journal) alert(name monitor.EventName, alert *monitor.Alert, extra monitor.Extra) {
	j.add(monitor.Event{Name: name, Alert: alert, Extra: extra})
}

func (j *journal) monitor(name monitor.EventName, m *monitor.Monitor) {
	j.add(monitor.Event{Name: name, Monitor: m})
}

func (j *journal) add(event monitor.Event) {
	event.Extra.Actor, event.Extra.Comment = j.actor, j.comment
	event.Keep = j.keep
	event.React = slices.Contains(j.reactions, event.Name)
	j.events = append(j.events, event)
}
