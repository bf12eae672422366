package cli

import (
	"slices"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

// previewCalls shows how long each HTTP call took and what came of it.
func (s *Screen) previewCalls(p *client.Preview) {
	if len(p.Calls) == 0 {
		return
	}
	s.Linef("\n%s", s.paint(bold, "HTTP calls"))
	table := callTable()
	if !slices.ContainsFunc(p.Calls, func(c client.PreviewCall) bool { return c.Error != "" }) {
		table = slices.DeleteFunc(table, func(c Column[client.PreviewCall]) bool { return c.Title == "ERROR" })
	}
	layout := newLayout(len(table))
	table.flush(s, &layout, p.Calls[:min(len(p.Calls), shownItems)])
	if more := p.CallCount - shownItems; more > 0 {
		s.Linef("... and %d more", more)
	}
}

func callTable() Table[client.PreviewCall] {
	return Table[client.PreviewCall]{
		{Title: "BY", Cell: func(_ *Screen, c *client.PreviewCall) string { return c.Routine }},
		{Title: "TOOK", right: true, Cell: func(_ *Screen, c *client.PreviewCall) string {
			return seconds(time.Duration(c.Seconds * float64(time.Second)))
		}},
		{Title: "STATUS", right: true, Cell: func(_ *Screen, c *client.PreviewCall) string { return statusOf(c) }},
		{Title: "BYTES", right: true, Cell: func(_ *Screen, c *client.PreviewCall) string { return strconv.Itoa(c.Bytes) }},
		{
			Title: "ERROR", flexible: true, Cell: func(_ *Screen, c *client.PreviewCall) string { return oneLine(c.Error) },
			colour: func(*client.PreviewCall) colour { return red },
		},
		{Title: "METHOD", Cell: func(_ *Screen, c *client.PreviewCall) string { return oneLine(c.Method) }},
		{Title: "URL", flexible: true, Cell: func(_ *Screen, c *client.PreviewCall) string { return oneLine(c.URL) }},
	}
}

// statusOf is the status of the response, if there was one.
func statusOf(c *client.PreviewCall) string {
	if c.Status == 0 {
		return "-"
	}
	return strconv.Itoa(c.Status)
}
