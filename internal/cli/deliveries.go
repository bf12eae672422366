package cli

import (
	"fmt"
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Deliveries shows a list of deliveries that were given up, by their events.
func Deliveries() Table[client.Delivery] {
	return Table[client.Delivery]{
		{Title: "EVENT", right: true, Cell: func(_ *Screen, d *client.Delivery) string { return strconv.FormatInt(d.Event.ID, 10) }},
		{Title: "WHEN", Cell: func(s *Screen, d *client.Delivery) string { return s.moment(&d.Event.CreatedAt) }},
		{Title: "NAME", Cell: func(_ *Screen, d *client.Delivery) string { return oneLine(d.Event.EventName) }},
		{Title: "SOURCE", Cell: func(_ *Screen, d *client.Delivery) string {
			return fmt.Sprintf("%s %d", d.Event.EventSource, d.Event.EventSourceID)
		}},
		{Title: "MONITOR", flexible: true, Cell: func(_ *Screen, d *client.Delivery) string { return oneLine(d.Event.Monitor) }},
		{Title: "TARGET", flexible: true, Cell: func(_ *Screen, d *client.Delivery) string { return oneLine(d.Target) }},
		{Title: "ATTEMPTS", right: true, Cell: func(_ *Screen, d *client.Delivery) string { return strconv.Itoa(d.Attempts) }},
		{Title: "DEAD", Cell: func(s *Screen, d *client.Delivery) string { return s.moment(d.DeadAt) }},
		{Title: "ERROR", flexible: true, Cell: func(_ *Screen, d *client.Delivery) string { return oneLine(d.Error) }},
	}
}

// Redelivered says in a line what is delivered again.
func Redelivered(r *client.Redelivered) func(*Screen) {
	return func(s *Screen) {
		switch r.Deliveries {
		case 0:
			s.Linef("nothing was given up: there is nothing to deliver again")
		case 1:
			s.Linef("1 delivery is due again")
		default:
			s.Linef("%d deliveries are due again", r.Deliveries)
		}
	}
}
