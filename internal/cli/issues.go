package cli

import (
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Issues shows a list of issues.
func Issues() Table[client.Issue] {
	return Table[client.Issue]{
		{Title: "ID", right: true, Cell: func(_ *Screen, i *client.Issue) string { return strconv.FormatInt(i.ID, 10) }},
		{Title: "MONITOR", flexible: true, Cell: func(_ *Screen, i *client.Issue) string { return oneLine(i.Monitor) }},
		{Title: "MODEL ID", flexible: true, Cell: func(_ *Screen, i *client.Issue) string { return oneLine(i.ModelID) }},
		{
			Title: "STATUS", Cell: func(_ *Screen, i *client.Issue) string { return i.Status },
			colour: func(i *client.Issue) colour { return statusColour(i.Status) },
		},
		{Title: "ALERT", right: true, Cell: func(_ *Screen, i *client.Issue) string { return id(i.AlertID) }},
		{Title: "UPDATED", Cell: func(s *Screen, i *client.Issue) string { return s.moment(&i.UpdatedAt) }},
		{Title: "DATA", flexible: true, Cell: func(_ *Screen, i *client.Issue) string { return Fields(i.Data) }},
	}
}

// id shows an id that may be missing.
func id(id *int64) string {
	if id == nil {
		return "-"
	}
	return strconv.FormatInt(*id, 10)
}

// Issue shows one issue with what became of it.
func Issue(i *client.IssueDetail) func(*Screen) {
	return func(s *Screen) {
		s.properties(
			property{name: "issue", value: strconv.FormatInt(i.ID, 10)},
			property{name: "monitor", value: oneLine(i.Monitor)},
			property{name: "model id", value: oneLine(i.ModelID)},
			property{name: "status", value: i.Status, colour: statusColour(i.Status)},
			property{name: "alert", value: id(i.AlertID)},
			property{name: "created", value: s.moment(&i.CreatedAt)},
			property{name: "updated", value: s.moment(&i.UpdatedAt)},
			property{name: "solved", value: s.moment(i.SolvedAt)},
			property{name: "dropped", value: s.moment(i.DroppedAt)},
		)
		s.data("data", i.Data)
		s.timeline(i)
	}
}

// IssueDone says in a line what was done with an issue.
func IssueDone(i *client.Issue, done string) func(*Screen) {
	return func(s *Screen) {
		s.Linef("issue %d of %s (%s): %s", i.ID, oneLine(i.Monitor), oneLine(i.ModelID), done)
	}
}
