package cli

import (
	"cmp"
	"strconv"

	"github.com/vedettehq/vedette/internal/client"
)

// Versions shows the versions of a monitor.
func Versions() Table[client.Version] {
	return Table[client.Version]{
		{Title: "VERSION", right: true, Cell: func(_ *Screen, v *client.Version) string { return strconv.Itoa(v.Number) }},
		{Title: "CREATED", Cell: func(s *Screen, v *client.Version) string { return s.moment(&v.CreatedAt) }},
		{Title: "AUTHOR", flexible: true, Cell: func(_ *Screen, v *client.Version) string { return cmp.Or(oneLine(v.Author), "-") }},
		{
			Title: "CURRENT", Cell: func(_ *Screen, v *client.Version) string { return yesNo(v.Current) },
			colour: func(v *client.Version) colour {
				if v.Current {
					return green
				}
				return faint
			},
		},
		{Title: "MESSAGE", flexible: true, Cell: func(_ *Screen, v *client.Version) string { return oneLine(v.Message) }},
	}
}
