package cli

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vedettehq/vedette/internal/client"
	"github.com/vedettehq/vedette/internal/monitor"
)

// Silences shows a list of silences.
func Silences() Table[client.Silence] {
	return Table[client.Silence]{
		{Title: "ID", right: true, Cell: func(_ *Screen, s *client.Silence) string { return strconv.FormatInt(s.ID, 10) }},
		{
			Title: "STATUS", Cell: func(_ *Screen, s *client.Silence) string { return s.Status },
			colour: func(s *client.Silence) colour {
				switch monitor.SilenceStatus(s.Status) {
				case monitor.SilenceActive:
					return yellow
				case monitor.SilenceExpired:
					return faint
				default:
					return noColour
				}
			},
		},
		{Title: "SILENCES", flexible: true, Cell: func(_ *Screen, s *client.Silence) string { return oneLine(silences(s)) }},
		{Title: "FROM", Cell: func(screen *Screen, s *client.Silence) string { return screen.moment(s.InForceFrom) }},
		{Title: "UNTIL", Cell: func(screen *Screen, s *client.Silence) string { return screen.moment(s.InForceUntil) }},
		{Title: "RECURS", Cell: func(_ *Screen, s *client.Silence) string { return oneLine(recurs(s)) }},
		{Title: "BY", flexible: true, Cell: func(_ *Screen, s *client.Silence) string { return oneLine(s.CreatedBy) }},
		{Title: "COMMENT", flexible: true, Cell: func(_ *Screen, s *client.Silence) string { return oneLine(s.Comment) }},
	}
}

// Silence shows one silence.
func Silence(s *client.Silence) func(*Screen) {
	return func(screen *Screen) {
		properties := []property{
			{name: "silence", value: strconv.FormatInt(s.ID, 10)},
			{name: "status", value: s.Status},
			{name: "silences", value: oneLine(silences(s))},
			{name: "in force", value: screen.inForce(s)},
			{name: "recurs", value: oneLine(recurs(s))},
			{name: "starts", value: screen.moment(&s.StartsAt)},
			{name: "ends", value: screen.moment(s.EndsAt)},
			{name: "comment", value: oneLine(s.Comment)},
			{name: "created", value: screen.moment(&s.CreatedAt) + " by " + oneLine(s.CreatedBy)},
		}
		if s.ExpiredAt != nil {
			properties = append(properties,
				property{name: "expired", value: screen.moment(s.ExpiredAt) + " by " + oneLine(s.ExpiredBy)},
				property{name: "why", value: oneLine(s.ExpiredComment)})
		}
		screen.properties(properties...)
	}
}

// SilenceDone says in a line what a silence does, or does no more.
func SilenceDone(s *client.Silence) func(*Screen) {
	return func(screen *Screen) {
		screen.Linef("silence %d (%s): %s", s.ID, oneLine(silences(s)), screen.inForce(s))
	}
}

// inForce says when a silence is in force.
func (s *Screen) inForce(silence *client.Silence) string {
	switch monitor.SilenceStatus(silence.Status) {
	case monitor.SilenceActive:
		return "until " + s.moment(silence.InForceUntil)
	case monitor.SilencePending:
		return fmt.Sprintf("from %s until %s", s.moment(silence.InForceFrom), s.moment(silence.InForceUntil))
	default:
		return "over"
	}
}

// silences says what a silence is about.
func silences(s *client.Silence) string {
	if s.Everything {
		return "everything"
	}
	var parts []string
	if s.Monitor != "" {
		parts = append(parts, "monitor "+s.Monitor)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Labels)) {
		parts = append(parts, name+"="+s.Labels[name])
	}
	if s.Priority != nil {
		parts = append(parts, priority(*s.Priority)+" or less important")
	}
	if s.IssueID != nil {
		parts = append(parts, fmt.Sprintf("issue %d", *s.IssueID))
	}
	return strings.Join(parts, ", ")
}

// recurs says when a silence recurs.
func recurs(s *client.Silence) string {
	if s.Every == "" {
		return "-"
	}
	return fmt.Sprintf("%s %s for %s", s.Every, s.Zone, s.For)
}

// silenced says which silences keep people from being told of an alert.
func silenced(a *client.Alert) string {
	if !a.Silenced {
		return "no"
	}
	ids := make([]string, len(a.Silences))
	for i, id := range a.Silences {
		ids[i] = strconv.FormatInt(id, 10)
	}
	if len(ids) == 1 {
		return "by silence " + ids[0]
	}
	return "by silences " + strings.Join(ids, ", ")
}
