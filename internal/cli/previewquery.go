package cli

import (
	"slices"
	"strconv"
	"time"

	"github.com/vedettehq/vedette/internal/client"
)

// previewQueries shows how long each query took and what came of it.
func (s *Screen) previewQueries(p *client.Preview) {
	if len(p.Queries) == 0 {
		return
	}
	s.Linef("\n%s", s.paint(bold, "queries"))
	table := queryTable()
	if !slices.ContainsFunc(p.Queries, func(q client.PreviewQuery) bool { return q.Error != "" }) {
		table = slices.DeleteFunc(table, func(c Column[client.PreviewQuery]) bool { return c.Title == "ERROR" })
	}
	layout := newLayout(len(table))
	table.flush(s, &layout, p.Queries[:min(len(p.Queries), shownItems)])
	if more := p.QueryCount - shownItems; more > 0 {
		s.Linef("... and %d more", more)
	}
	s.previewResults(p.Queries)
}

func queryTable() Table[client.PreviewQuery] {
	return Table[client.PreviewQuery]{
		{Title: "BY", Cell: func(_ *Screen, q *client.PreviewQuery) string { return q.Routine }},
		{Title: "DATABASE", Cell: func(_ *Screen, q *client.PreviewQuery) string { return oneLine(q.Database) }},
		{Title: "TOOK", right: true, Cell: func(_ *Screen, q *client.PreviewQuery) string {
			return seconds(time.Duration(q.Seconds * float64(time.Second)))
		}},
		{Title: "ROWS", right: true, Cell: func(_ *Screen, q *client.PreviewQuery) string { return strconv.Itoa(q.Rows) }},
		{Title: "ARGUMENTS", right: true, Cell: func(_ *Screen, q *client.PreviewQuery) string { return strconv.Itoa(q.Arguments) }},
		{
			Title: "ERROR", flexible: true, Cell: func(_ *Screen, q *client.PreviewQuery) string { return oneLine(q.Error) },
			colour: func(*client.PreviewQuery) colour { return red },
		},
		{Title: "STATEMENT", flexible: true, Cell: func(_ *Screen, q *client.PreviewQuery) string { return shortened(oneLine(q.SQL)) }},
	}
}

// shortened is the beginning of a statement: enough to know which one it is.
func shortened(sql string) string {
	const most = 100
	runes := []rune(sql)
	if len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return sql
}
