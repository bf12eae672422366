package lifecycle

import (
	"slices"

	"github.com/vedettehq/vedette/internal/monitor"
)

// NoticeEvent is the event of a notice that was created or closed, with what
// becomes of it (R80). The notice itself is added by whoever writes it.
func NoticeEvent(d *monitor.Declaration, save SaveEvents, name monitor.EventName, reason monitor.EndReason) monitor.Event {
	return monitor.Event{
		Name:  name,
		Extra: monitor.Extra{Reason: reason},
		Keep:  save.keeps(d),
		React: slices.Contains(d.Reactions, name),
	}
}
