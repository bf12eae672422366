package cli

import (
	"fmt"
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Events shows a list of events.
func Events() Table[client.Event] {
	return Table[client.Event]{
		{Title: "ID", right: true, Cell: func(_ *Screen, e *client.Event) string { return strconv.FormatInt(e.ID, 10) }},
		{Title: "WHEN", Cell: func(s *Screen, e *client.Event) string { return s.moment(&e.CreatedAt) }},
		{Title: "EVENT", Cell: func(_ *Screen, e *client.Event) string { return oneLine(e.EventName) }},
		{Title: "SOURCE", Cell: func(_ *Screen, e *client.Event) string { return fmt.Sprintf("%s %d", e.EventSource, e.EventSourceID) }},
		{Title: "MONITOR", flexible: true, Cell: func(_ *Screen, e *client.Event) string { return oneLine(e.Monitor) }},
		{Title: "BY", flexible: true, Cell: func(_ *Screen, e *client.Event) string { return by(e) }},
		{Title: "DETAILS", flexible: true, Cell: func(_ *Screen, e *client.Event) string { return Fields(e.ExtraPayload) }},
	}
}

// by is who or what did it.
func by(e *client.Event) string {
	switch {
	case e.Actor != nil:
		return oneLine(*e.Actor)
	case e.ExecutionID != nil:
		return fmt.Sprintf("execution %d", *e.ExecutionID)
	default:
		return "-"
	}
}
